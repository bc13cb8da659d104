using FinConsole.Core.Access;
using FinConsole.Core.Common;
using FinConsole.Core.EncryptionKeys.Programs;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.SignIn;
using FinConsole.Core.SignIn.AccessTokens;
using FinConsole.Web.Hosting;
using FinConsole.Web.Hosting.Api;

namespace FinConsole.Web.SignIn;

/// <summary>Sign-in for programs: a member's password for an access token, and the keys that verify one.</summary>
internal static class SignInApi
{
    // Short against the two days by which a key is published before it signs.
    private static readonly TimeSpan KeySetLifetime = TimeSpan.FromMinutes(5);

    public static void MapSignInApi(this IEndpointRouteBuilder api)
    {
        api.MapPost("/auth/login", LoginAsync).Allow(ApiAccess.Anonymous).Responds<AccessResponse>()
            .Refuses([SignInErrors.InvalidCredentials, SignInErrors.CodeNeeded, SignInErrors.EncryptionRequired, .. RefusalSets.Tries])
            .Describe(
                "login", "Sign in",
                "Signs a program in with a member's password, and the app's code where the member has a second factor. Where the code alone is missing the refusal is "
                + "mfa_required; where the right password, or the code beside it, came in plaintext although the tenant's policy demands encryption it is encryption_required. "
                + "Everything else is invalid_credentials, a ciphertext that does not open included, which counts towards no lockout.");
        api.MapPost("/auth/refresh", RefreshAsync).Allow(ApiAccess.Anonymous).Responds<AccessResponse>()
            .Refuses(AccessTokenErrors.InvalidRefreshToken, RefusalSets.TooManyTries)
            .Describe(
                "refresh", "Refresh",
                "Answers a new pair for a refresh token, which is spent by that. Sent again before its successor was used, it gets another successor, "
                + "since an answer may be lost: the one before is void then. Access tokens stay good, since all of them are of one session. "
                + "Sent after that, or one that is void, it ends the session: somebody else may hold it.");
        api.MapPost("/auth/logout", LogoutAsync).Allow(ApiAccess.Member(Permission.SetUpMfa)).RespondsWithNothing()
            // What is over is over: it ends once more, without a word.
            .NeverRefuses(ApiProblems.Of(AccessErrors.SessionEnded))
            .Describe("logout", "Sign out", "Ends the session of the access token: it is refused from this answer on, and so is its refresh token.");
    }

    public static void MapKeySet(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet(ApiPaths.KeySet, KeySetAsync).Allow(ApiAccess.Anonymous).Responds<KeySetResponse>().Produces(StatusCodes.Status304NotModified)
            .WithMetadata(new CacheableFor(KeySetLifetime))
            .Describe(
                "getKeySet", "Public keys of access tokens",
                "Lists the public keys (ES256) that verify access tokens. The next key stands here two days before it signs, and a former one until its last token has expired. "
                + "May be kept for five minutes, and asked for again with If-None-Match.");

    private static async Task<IResult> LoginAsync(LoginBody body, SignInSecrets signIn, HttpContext http) =>
        Answer(await signIn.HandleAsync(body.Email, body.Password, body.Totp ?? new Secret(""), RequestOrigins.Of(http), http.RequestAborted));

    private static async Task<IResult> RefreshAsync(RefreshBody body, RefreshAccess refresh, HttpContext http) =>
        Answer(await refresh.HandleAsync(body.RefreshToken, RequestOrigins.Of(http), http.RequestAborted));

    private static async Task<IResult> LogoutAsync(SignOut signOut, ApiCaller caller, CancellationToken cancellationToken)
    {
        await signOut.HandleAsync(await caller.ActorAsync(), cancellationToken, SignInChannel.Api);
        return Results.NoContent();
    }

    private static async Task<IResult> KeySetAsync(PublishedKeys keys, TaggedJson json, CancellationToken cancellationToken) =>
        json.Of(new KeySetResponse([.. (await keys.ListAsync(cancellationToken)).Select(KeyResponse.Of)]));

    private static IResult Answer(Result<IssuedAccess> issued) => issued.ToResponse(access => Results.Ok(AccessResponse.Of(access)));
}

/// <summary>Who signs in.</summary>
/// <param name="Email">The member's address.</param>
/// <param name="Password">The member's password. A wrong one counts towards the account's lockout. Plaintext, unless the tenant's policy demands encryption, or encrypted with the tenant's current key (RSA-OAEP-256, Base64).</param>
/// <param name="Totp">The code that the member's authenticator app shows, where they have one. Each code works once. Plaintext, unless the tenant's policy demands encryption, or encrypted with the tenant's current key (RSA-OAEP-256, Base64).</param>
internal sealed record LoginBody([property: Example("\"ann@acme.example\"")] string Email, Secret Password, Secret? Totp = null);

/// <summary>What is to be renewed.</summary>
/// <param name="RefreshToken">From the answer before.</param>
internal sealed record RefreshBody(Secret RefreshToken);

/// <summary>A pair of tokens.</summary>
/// <param name="AccessToken">A JWT for the Authorization header.</param>
/// <param name="RefreshToken">Good for one more pair, within thirty days of signing in.</param>
/// <param name="ExpiresIn">For how many seconds the access token is good.</param>
/// <param name="TokenType">How the access token is sent.</param>
internal sealed record AccessResponse(string AccessToken, string RefreshToken, [property: Example("3600")] int ExpiresIn, [property: OneOf("Bearer")] string TokenType)
{
    public static AccessResponse Of(IssuedAccess access) =>
        new(access.AccessToken.Reveal(), access.RefreshToken.Reveal(), (int)IssuedAccess.Life.TotalSeconds, "Bearer");
}

/// <summary>A JSON Web Key Set (RFC 7517).</summary>
/// <param name="Keys">One at least.</param>
internal sealed record KeySetResponse(IReadOnlyList<KeyResponse> Keys);

/// <summary>A public key (RFC 7517, RFC 7518).</summary>
/// <param name="Kty">An elliptic curve key.</param>
/// <param name="Crv">The curve.</param>
/// <param name="Use">For signatures.</param>
/// <param name="Alg">ECDSA with SHA-256.</param>
/// <param name="Kid">Which key it is: the header of an access token names it.</param>
/// <param name="X">A coordinate, in base64url.</param>
/// <param name="Y">The other one.</param>
internal sealed record KeyResponse([property: OneOf("EC")] string Kty, [property: OneOf("P-256")] string Crv, [property: OneOf("sig")] string Use, [property: OneOf("ES256")] string Alg, string Kid, string X, string Y)
{
    public static KeyResponse Of(PublishedKey key) => new("EC", "P-256", "sig", AccessTokenClaims.Algorithm, key.Kid, key.X, key.Y);
}

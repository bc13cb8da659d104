using System.Text.Json.Serialization;
using FinConsole.Core.Common;
using FinConsole.Web.Hosting.Api;

namespace FinConsole.Web.OAuth;

/// <summary>Token revocation (RFC 7009), by the token itself or by one of the operator's own servers.</summary>
internal static class RevokeApi
{
    /// <summary>Service tokens are the operator's: the command line alone ends one.</summary>
    public static readonly ApiProblem NotRevocable = new(
        StatusCodes.Status400BadRequest, OAuthErrors.UnsupportedTokenType, RevocationErrorTexts.NotRevocable)
    {
        Errors = new Dictionary<string, string> { [TokenField] = RevocationErrorTexts.NotRevocable },
    };

    public const string TokenField = "token";

    public static void MapRevokeApi(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost(ApiPaths.Revoke, (Delegate)endpoints.ServiceProvider.GetRequiredService<Revocation>().RespondAsync)
            .Allow(ApiAccess.Anonymous).ForOAuthClients<RevokeForm>().Produces(StatusCodes.Status200OK)
            .Refuses(
                NotRevocable, ApiProblem.CredentialTwice, ApiProblem.Unauthenticated, RefusalSets.OverLimit, ApiProblems.Of(RefusalSets.TooManyTries))
            .Describe(
                "revoke", "Revoke a token",
                "Ends a token for good (RFC 7009): a tenant's token is invalidated; an access token or refresh token ends its session, with all tokens of that. "
                + "The token is its own credential; it may also come as Bearer, and one of the operator's servers may send its service token instead, as Bearer, by HTTP Basic or "
                + "as client_secret in the form. A token that is unknown or has ended is answered 200 as well.");
}

/// <summary>What to revoke.</summary>
/// <param name="Token">The token: a tenant's, an access token or a refresh token.</param>
/// <param name="TokenTypeHint">Ignored: a token shows what it is (RFC 7009 2.1).</param>
/// <param name="ClientId">Anything; the secret alone says which service asks.</param>
/// <param name="ClientSecret">The service token, where no header has it; none for a token that ends itself.</param>
internal sealed record RevokeForm(
    Secret Token, [property: JsonPropertyName("token_type_hint")] string? TokenTypeHint = null,
    [property: JsonPropertyName("client_id")] string? ClientId = null, [property: JsonPropertyName("client_secret")] Secret? ClientSecret = null);

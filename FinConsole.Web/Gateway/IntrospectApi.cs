using System.Text.Json.Serialization;
using FinConsole.Core.ApiTokens.Verification;
using FinConsole.Core.Common;
using FinConsole.Core.SignIn.AccessTokens;
using FinConsole.Web.ApiTokens;
using FinConsole.Web.Hosting.Api;

namespace FinConsole.Web.Gateway;

/// <summary>Token introspection (RFC 7662) for the operator's own servers.</summary>
internal static class IntrospectApi
{
    public static void MapIntrospectApi(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost(ApiPaths.Introspect, (Delegate)endpoints.ServiceProvider.GetRequiredService<Introspection>().RespondAsync)
            .Allow(ApiAccess.Service).ForOAuthClients<IntrospectForm>().Responds<IntrospectResponse>()
            .Describe(
                "introspect", "Introspect a token",
                "Says whether a tenant's token is good at this moment, from the given address and for the given scopes, or a member's access token while its session lives. "
                + "Of anything else it says that it is not active, and not why. Besides the headers, the service token may come as client_secret in the form.");
}

/// <summary>What to introspect.</summary>
/// <param name="Token">The token as the end client sent it.</param>
/// <param name="Ip">The end client's address; a token with an allowlist is not active without it.</param>
/// <param name="Scope">Scopes that the token must cover, parted by spaces; an access token has none.</param>
/// <param name="TokenTypeHint">Ignored: a token shows what it is (RFC 7662 2.1).</param>
/// <param name="ClientId">Anything; the secret alone says which service asks.</param>
/// <param name="ClientSecret">The service token, where no header has it.</param>
internal sealed record IntrospectForm(
    string Token, string? Ip = null, string? Scope = null, [property: JsonPropertyName("token_type_hint")] string? TokenTypeHint = null,
    [property: JsonPropertyName("client_id")] string? ClientId = null, [property: JsonPropertyName("client_secret")] Secret? ClientSecret = null);

/// <summary>What there is to say of a token.</summary>
/// <param name="Active">Whether it is good. False stands alone.</param>
/// <param name="Iss">This server, as its metadata spells it.</param>
/// <param name="Sub">The account that it acts as.</param>
/// <param name="ClientId">The one client of all access tokens; a tenant's token has none.</param>
/// <param name="Aud">What an access token is for.</param>
/// <param name="TokenType">How the token is sent.</param>
/// <param name="Tid">Whose token it is.</param>
/// <param name="Exp">When it expires, in seconds since 1970.</param>
/// <param name="Iat">When an access token was issued, in seconds since 1970.</param>
/// <param name="Jti">The access token's id.</param>
/// <param name="Sid">The access token's session.</param>
/// <param name="Role">The member's role at this moment.</param>
/// <param name="Cashier">The account that a tenant's token acts as, under the name that this API gives it.</param>
/// <param name="Scope">What a tenant's token may do, parted by spaces.</param>
/// <param name="Environment">Where the holder of a tenant's token runs.</param>
/// <param name="TokenId">A tenant's token's id.</param>
internal sealed record IntrospectResponse(
    bool Active,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Iss = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? Sub = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonPropertyName("client_id")] string? ClientId = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Aud = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonPropertyName("token_type"), OneOf("Bearer")] string? TokenType = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? Tid = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Exp = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Iat = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? Jti = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? Sid = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), OneOf("admin", "developer", "reviewer", "cashier")] string? Role = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? Cashier = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Scope = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), OneOf("development", "staging", "production")] string? Environment = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonPropertyName("token_id")] Guid? TokenId = null)
{
    private const string Bearer = "Bearer";

    public static readonly IntrospectResponse Inactive = new(false);

    public static IntrospectResponse Of(TokenEntry token, AccessTokenAddress address) => new(true)
    {
        Iss = address.Issuer,
        Sub = token.CashierId,
        TokenType = Bearer,
        Tid = token.TenantId,
        Exp = new DateTimeOffset(token.AcceptedUntil, TimeSpan.Zero).ToUnixTimeSeconds(),
        Cashier = token.CashierId,
        Scope = token.Scopes.ToWords(),
        Environment = TokenApiValues.Environments.Of(token.Environment),
        TokenId = token.Id,
    };

    public static IntrospectResponse Of(VerifiedAccessToken token, AccessTokenAddress address) => new(true)
    {
        Iss = address.Issuer,
        Sub = token.Session.MemberId,
        ClientId = AccessTokenClaims.ClientId,
        Aud = address.Audience,
        TokenType = Bearer,
        Tid = token.Session.TenantId,
        Exp = token.ExpiresAt.ToUnixTimeSeconds(),
        Iat = token.IssuedAt.ToUnixTimeSeconds(),
        Jti = token.Id,
        Sid = token.Session.SessionId,
        Role = AccessTokenClaims.WordOf(token.Session.Role),
    };
}

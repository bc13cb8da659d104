using System.Text.Json.Serialization;
using FinConsole.Core.ApiTokens.Verification;
using FinConsole.Web.ApiTokens;
using FinConsole.Web.Hosting.Api;

namespace FinConsole.Web.Gateway;

/// <summary>Token introspection (RFC 7662) for the operator's own servers.</summary>
internal static class IntrospectApi
{
    public static void MapIntrospectApi(this IEndpointRouteBuilder api) =>
        api.MapPost("/introspect", (Delegate)api.ServiceProvider.GetRequiredService<Introspection>().RespondAsync).Allow(ApiAccess.Service).Accepts<IntrospectForm>("application/x-www-form-urlencoded").Responds<IntrospectResponse>()
            .Describe(
                "introspect", "Introspect a token",
                "Says whether a tenant's token is good at this moment, from the given address and for the given scopes. Of anything else it says that it is not active, and not why.");
}

/// <summary>What to introspect.</summary>
/// <param name="Token">The token as the end client sent it.</param>
/// <param name="Ip">The end client's address; a token with an allowlist is not active without it.</param>
/// <param name="Scope">Scopes that the token must cover, parted by spaces.</param>
internal sealed record IntrospectForm(string Token, string? Ip = null, string? Scope = null);

/// <summary>What there is to say of a token.</summary>
/// <param name="Active">Whether it is good. False stands alone.</param>
/// <param name="Sub">The account that it acts as.</param>
/// <param name="Tid">Whose token it is.</param>
/// <param name="Cashier">The same account, under the name that this API gives it.</param>
/// <param name="Scope">What it may do, parted by spaces.</param>
/// <param name="Exp">When it expires, in seconds since 1970.</param>
/// <param name="Environment">Where its holder runs.</param>
/// <param name="TokenId">The token's id.</param>
internal sealed record IntrospectResponse(
    bool Active,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? Sub = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? Tid = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? Cashier = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Scope = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Exp = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), OneOf("development", "staging", "production")] string? Environment = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonPropertyName("token_id")] Guid? TokenId = null)
{
    public static readonly IntrospectResponse Inactive = new(false);

    public static IntrospectResponse Of(TokenEntry token) => new(
        true, token.CashierId, token.TenantId, token.CashierId, token.Scopes.ToWords(), new DateTimeOffset(token.AcceptedUntil, TimeSpan.Zero).ToUnixTimeSeconds(),
        TokenApiValues.Environments.Of(token.Environment), token.Id);
}

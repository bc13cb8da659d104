using FinConsole.Core.Access;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Rotation;
using FinConsole.Core.ApiTokens.Verification;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn.AccessTokens;
using FinConsole.Web.Hosting.Api;

namespace FinConsole.Web.ApiTokens;

/// <summary>Who a credential is ("verify the new key works": finta-security-basics), and a token's own rotation.</summary>
internal static class WhoAmIApi
{
    public static void MapWhoAmIApi(this IEndpointRouteBuilder api) =>
        api.MapGet("/whoami", WhoAmIAsync).Allow(ApiAccess.AnyCredential).Responds<WhoAmIResponse>()
            // A member is told out of memory, as the gate is.
            .NeverRefuses(ApiProblems.Of(AccessErrors.SessionEnded))
            .Describe("whoAmI", "Who am I", "Says whose credential the request bears. A new token is verified with it before the old one is taken out of use.");

    /// <summary>Fincept's call, outside the versioned API.</summary>
    public static void MapRegenerate(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost(ApiPaths.User + "/regenerate-api-key", RegenerateAsync).Allow(ApiAccess.Token("rotate:self")).Responds<NewTokenResponse>(StatusCodes.Status201Created).Idempotent()
            .Refuses([.. RefusalSets.SecretOnce, ApiTokenErrors.Ended, ApiTokenErrors.Disabled, ApiTokenErrors.OverlapRunning, ApiTokenErrors.RotatedMeanwhile])
            .Describe(
                "regenerateApiKey", "Regenerate the calling token",
                "Makes the calling token's successor with the same remaining life, accepted from this answer on. The calling token ends with the successor's first use, or after 24 hours.");

    private static async Task<IResult> WhoAmIAsync(ApiCaller caller, DescribeToken describe, TimeProvider time, CancellationToken cancellationToken)
    {
        if (caller.Token is not { } entry)
            return Results.Ok(WhoAmIResponse.OfMember(await caller.ActorAsync(), caller.Role!.Value, caller.TenantName!));
        return await describe.HandleAsync(entry.TenantId, entry.Id, cancellationToken) is { } token
            ? Results.Ok(WhoAmIResponse.OfToken(token, time.GetUtcNow()))
            : ApiResponses.Refusal(ApiProblem.Unauthenticated);
    }

    private static async Task<IResult> RegenerateAsync(RegenerateOwnToken regenerate, ApiCaller caller, CancellationToken cancellationToken) =>
        TokensApi.Made(await regenerate.HandleAsync(await caller.ActorAsync(), cancellationToken));
}

/// <summary>Whose credential it is.</summary>
/// <param name="Kind">A tenant's token, or a member by their access token.</param>
/// <param name="Tenant">Whose data the credential opens.</param>
/// <param name="Cashier">The account that a token acts as; null for a member.</param>
/// <param name="Member">The member; null for a token.</param>
/// <param name="Token">The token; null for a member.</param>
internal sealed record WhoAmIResponse(
    [property: OneOf("token", "member")] string Kind, TenantResponse Tenant, CashierResponse? Cashier, MemberResponse? Member, OwnTokenResponse? Token)
{
    public static WhoAmIResponse OfToken(DescribedToken token, DateTimeOffset now) => new(
        "token", new TenantResponse(token.TenantId, token.TenantName), new CashierResponse(token.CashierId, token.CashierEmail), null,
        new OwnTokenResponse(
            token.Id, token.Name, token.Masked, TokenApiValues.Environments.Of(token.Environment), token.Scopes, token.ExpiresAt, token.DaysLeft(now), token.OverlapEndsAt));

    public static WhoAmIResponse OfMember(Actor member, Role role, string tenantName) =>
        new("member", new TenantResponse(member.TenantId, tenantName), null, new MemberResponse(member.Id, member.Name, AccessTokenClaims.WordOf(role)), null);
}

/// <summary>A tenant.</summary>
/// <param name="Id">The tenant's id.</param>
/// <param name="Name">The tenant's name.</param>
internal sealed record TenantResponse(Guid Id, string Name);

/// <summary>A member of the tenant.</summary>
/// <param name="Id">The member's id.</param>
/// <param name="Email">The member's address.</param>
/// <param name="Role">What the member may do.</param>
internal sealed record MemberResponse(Guid Id, string Email, [property: OneOf("admin", "developer", "reviewer", "cashier")] string Role);

/// <summary>The token that the request carries.</summary>
/// <param name="Id">The token's id.</param>
/// <param name="Name">The token's name.</param>
/// <param name="Masked">Its first eleven and last four characters.</param>
/// <param name="Environment">Where its holder runs.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="ExpiresAt">From when on it is refused.</param>
/// <param name="DaysLeft">Whole days until then; 0 on the last.</param>
/// <param name="OverlapEndsAt">When a successor takes its place; null where there is none.</param>
internal sealed record OwnTokenResponse(
    Guid Id, string Name, string Masked, [property: OneOf("development", "staging", "production")] string Environment, IReadOnlyList<string> Scopes, DateTimeOffset ExpiresAt,
    int DaysLeft, DateTimeOffset? OverlapEndsAt);

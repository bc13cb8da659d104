using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Lifecycle;
using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.ApiTokens.Rotation;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Web.Hosting.Api;
using Microsoft.AspNetCore.Mvc;

namespace FinConsole.Web.ApiTokens;

/// <summary>Tokens over HTTP: the same use cases as the page's.</summary>
internal static class TokensApi
{
    private static readonly Error[] ManagedToken = [ApiTokenErrors.NotFound, ApiTokenErrors.Ended, ApiTokenErrors.StillPending];

    private static readonly ApiAccess Readers = ApiAccess.Member(Permission.ReadTokens).As(AuditAction.AccessRefused, AuditResource.Token, "Tokens");

    public static void MapTokensApi(this IEndpointRouteBuilder api)
    {
        api.MapGet("/tokens", ListAsync).Allow(Readers).Responds<ListResponse<TokenResponse>>().Refuses(ApiProblem.UnknownValue)
            .Describe("listTokens", "List tokens", "Lists the tenant's tokens, ended ones included, newest first. Each token is an item of its own, also while it is being replaced.");
        api.MapPost("/tokens", CreateAsync).Allow(Manage(AuditAction.TokenCreate)).Responds<NewTokenResponse>(StatusCodes.Status201Created).Idempotent()
            .Refuses(ApiProblem.UnknownValue, BadExpiry)
            .Refuses([.. RefusalSets.SecretOnce, .. RefusalSets.Fields, ApiTokenErrors.NameTaken, .. RefusalSets.Cashier])
            .Describe("createToken", "Create a token", "Makes a token that acts as a cashier and is accepted from this answer on. The answer alone holds its secret.");
        api.MapGet("/tokens/{id:guid}", GetAsync).Allow(Readers).Responds<TokenResponse>().Refuses(ApiTokenErrors.NotFound)
            .Describe("getToken", "Get a token", "Answers one token, whatever has become of it.");
        api.MapPatch("/tokens/{id:guid}", EditAsync).Allow(Manage(AuditAction.TokenEdit)).Responds<TokenResponse>()
            .Refuses([.. ManagedToken, ApiTokenErrors.RotatedMeanwhile, .. RefusalSets.Fields, ApiTokenErrors.ScopesWiden, ApiTokenErrors.NameTaken])
            .Describe("editToken", "Edit a token", "Changes a live token's name, holder and allowlist, and narrows its scopes. A new allowlist is in force with the answer.");
        api.MapPost("/tokens/{id:guid}/rotate", RotateAsync).Allow(Manage(AuditAction.TokenRotate)).Responds<NewTokenResponse>(StatusCodes.Status201Created).Idempotent()
            .Refuses(ApiProblem.UnknownValue)
            .Refuses(
                [
                    .. RefusalSets.SecretOnce, .. RefusalSets.Fields, .. ManagedToken, ApiTokenErrors.Disabled, ApiTokenErrors.OverlapRunning, ApiTokenErrors.RotatedMeanwhile,
                    .. RefusalSets.Cashier,
                ])
            .Describe("rotateToken", "Rotate a token", "Makes the token's successor, accepted from this answer on. The old one goes on working for the overlap. However many rotate at once, one succeeds.");
        api.MapPost("/tokens/{id:guid}/retire", RetireAsync).Allow(Manage(AuditAction.TokenRetire)).RespondsWithNothing().Refuses(ApiTokenErrors.NotFound, ApiTokenErrors.NoOverlap)
            .Describe("retireToken", "Retire the old token", "Ends an overlap now: the token that is being replaced is refused from this answer on. Either of the two ids will do.");
        api.MapPost("/tokens/{id:guid}/invalidate", InvalidateAsync).Allow(Manage(AuditAction.TokenInvalidate)).RespondsWithNothing()
            .Refuses(ApiProblem.UnknownValue).Refuses([.. RefusalSets.Fields, ApiTokenErrors.NotFound, ApiTokenErrors.Ended])
            .Describe("invalidateToken", "Invalidate a token", "Ends a token for good: it is refused from this answer on. Asking twice is no error.");
        api.MapPost("/tokens/{id:guid}/disable", (Guid id, SetTokenDisabled set, ApiCaller caller, CancellationToken stop) => SetAsync(set, id, true, caller, stop))
            .Allow(Manage(AuditAction.TokenDisable)).RespondsWithNothing().Refuses(ManagedToken)
            .Describe("disableToken", "Disable a token", "Refuses a token from this answer on, until it is enabled again.");
        api.MapPost("/tokens/{id:guid}/enable", (Guid id, SetTokenDisabled set, ApiCaller caller, CancellationToken stop) => SetAsync(set, id, false, caller, stop))
            .Allow(Manage(AuditAction.TokenEnable)).RespondsWithNothing().Refuses(ManagedToken)
            .Describe("enableToken", "Enable a token", "Accepts a disabled token again.");
    }

    private static ApiAccess Manage(AuditAction action) => ApiAccess.Member(Permission.ManageTokens).As(action, AuditResource.Token, "Token");

    private static async Task<IResult> ListAsync(
        [FromQuery, OneOf("active", "expiring", "rotating", "pending", "disabled", "expired", "retired", "invalidated", "void")] string? status,
        [FromQuery, OneOf("development", "staging", "production")] string? environment,
        [AsParameters] ListQuery page, ListApiTokens tokens, ApiCaller caller, CancellationToken cancellationToken)
    {
        if (!TokenApiValues.Statuses.TryReadOptional(status, "status", out var wanted, out var refusal)
            || !TokenApiValues.Environments.TryReadOptional(environment, "environment", out var place, out refusal))
        {
            return refusal;
        }

        if (page.Fault(ListCursor.TimeAndId) is { } fault)
            return fault;
        var filter = new TokenFilter(
            Statuses: wanted is { } one ? [one] : null, Environment: place, Nest: false, Cursor: page.Cursor, Limit: page.Limit ?? ListQuery.DefaultLimit);
        var found = await tokens.HandleAsync(filter, await caller.ActorAsync(), cancellationToken);
        return found.ToResponse(list => Results.Ok(new ListResponse<TokenResponse>([.. list.Items.Select(row => TokenResponse.Of(row.Token))], list.NextCursor)));
    }

    private static async Task<IResult> CreateAsync(CreateTokenBody body, CreateApiToken create, ApiCaller caller, CancellationToken cancellationToken)
    {
        if (!TokenApiValues.Environments.TryRead(body.Environment, "environment", out var environment, out var refusal))
            return refusal;
        if (!TokenApiValues.Expiries.TryRead(body.Expiry, "expiry", out var expiry, out _))
            return ApiResponses.Refusal(BadExpiry);
        var request = new CreateApiTokenRequest(
            body.Name, environment, expiry, body.Scopes, Join(body.Allowlist), body.Holder, body.Cashier.ToCredentials(), TokenHandover.Immediate);
        return Made(await create.HandleAsync(request, await caller.ActorAsync(), cancellationToken), error => TokenFields.Place(error, body.Scopes, body.Allowlist));
    }

    private static async Task<IResult> GetAsync(Guid id, GetApiToken get, ApiCaller caller, CancellationToken cancellationToken) =>
        (await get.HandleAsync(id, await caller.ActorAsync(), cancellationToken)).ToResponse(token => Results.Ok(TokenResponse.Of(token)));

    private static async Task<IResult> EditAsync(Guid id, EditTokenBody body, EditApiToken edit, GetApiToken get, ApiCaller caller, CancellationToken cancellationToken)
    {
        var actor = await caller.ActorAsync();
        var request = new EditApiTokenRequest(id, body.Name, body.Holder, Join(body.Allowlist), body.Scopes);
        var edited = await edit.HandleAsync(request, actor, cancellationToken);
        return edited.Succeeded
            ? (await get.HandleAsync(id, actor, cancellationToken)).ToResponse(token => Results.Ok(TokenResponse.Of(token)))
            : ApiResponses.Refusal(TokenFields.Place(edited.Error, body.Scopes, body.Allowlist));
    }

    private static async Task<IResult> RotateAsync(Guid id, RotateTokenBody body, RotateApiToken rotate, ApiCaller caller, CancellationToken cancellationToken)
    {
        if (!TokenApiValues.Overlaps.TryRead(body.Overlap, "overlap", out var overlap, out var refusal))
            return refusal;
        var request = new RotateApiTokenRequest(id, overlap, body.Cashier.ToCredentials(), Handover: TokenHandover.Immediate);
        return Made(await rotate.HandleAsync(request, await caller.ActorAsync(), cancellationToken));
    }

    private static async Task<IResult> RetireAsync(Guid id, RetireApiToken retire, ApiCaller caller, CancellationToken cancellationToken) =>
        (await retire.HandleAsync(id, await caller.ActorAsync(), cancellationToken)).ToResponse();

    private static async Task<IResult> InvalidateAsync(Guid id, InvalidateTokenBody body, InvalidateApiToken invalidate, ApiCaller caller, CancellationToken cancellationToken)
    {
        if (!TokenApiValues.Reasons.TryRead(body.Reason, "reason", out var reason, out var refusal))
            return refusal;
        return (await invalidate.HandleAsync(new InvalidateApiTokenRequest(id, reason, body.Comment), await caller.ActorAsync(), cancellationToken)).ToResponse();
    }

    private static async Task<IResult> SetAsync(SetTokenDisabled set, Guid id, bool disabled, ApiCaller caller, CancellationToken cancellationToken) =>
        (await set.HandleAsync(id, disabled, await caller.ActorAsync(), cancellationToken)).ToResponse();

    internal static IResult Made(Result<NewApiToken> made, Func<Error, Error>? place = null) => made.Error is { } error
        ? ApiResponses.Refusal(place is null ? error : place(error))
        : made.ToResponse(token => Results.Created($"{ApiPaths.V1}/tokens/{token.Token.Id:D}", NewTokenResponse.Of(token)));

    internal static ApiProblem BadExpiry => new(StatusCodes.Status422UnprocessableEntity, "bad_expiry", TokenApiErrorTexts.BadExpiry)
    {
        Errors = new Dictionary<string, string> { ["expiry"] = Texts.Format(ApiErrorTexts.UseOneOf, string.Join(", ", TokenApiValues.Expiries.All)) },
    };

    // An element without a network is a mistake, such as a variable that is not set, and must not open the token to every address.
    private static string? Join(IReadOnlyList<string>? allowlist) =>
        allowlist is null ? null : string.Join('\n', allowlist.Select(network => IpAllowlist.Parse(network, out var read) is null && read.Count == 0 ? "\"\"" : network));
}

using FinConsole.Core.ApiTokens;
using FinConsole.Core.Common;
using FinConsole.Web.Hosting.Api;
using Microsoft.AspNetCore.Mvc;

namespace FinConsole.Web.ApiTokens;

/// <summary>Tokens over HTTP: the same use cases as the page's.</summary>
internal static class TokensApi
{
    private const int NotFound = StatusCodes.Status404NotFound;
    private const int Conflict = StatusCodes.Status409Conflict;
    private const int Refused = StatusCodes.Status422UnprocessableEntity;

    private static readonly ApiAccess Readers = ApiAccess.Member(Right.ReadTokens);
    private static readonly ApiAccess Managers = ApiAccess.Member(Right.ManageTokens);

    public static void MapTokensApi(this IEndpointRouteBuilder api)
    {
        api.MapGet("/tokens", ListAsync).Allow(Readers).Answers<ListAnswer<TokenAnswer>>()
            .Describe("listTokens", "List tokens", "Lists the tenant's tokens, ended ones included, newest first. Each token is an item of its own, also while it is being replaced.");
        api.MapPost("/tokens", CreateAsync).Allow(Managers).Answers<NewTokenAnswer>(StatusCodes.Status201Created).Once().Refuses(Refused)
            .Describe("createToken", "Create a token", "Makes a token that acts as a cashier and is accepted from this answer on. The answer alone holds its secret.");
        api.MapGet("/tokens/{id:guid}", GetAsync).Allow(Readers).Answers<TokenAnswer>().Refuses(NotFound)
            .Describe("getToken", "Get a token", "Answers one token, whatever has become of it.");
        api.MapPatch("/tokens/{id:guid}", EditAsync).Allow(Managers).Answers<TokenAnswer>().Refuses(NotFound, Conflict, Refused)
            .Describe("editToken", "Edit a token", "Changes a live token's name, holder and allowlist, and narrows its scopes. A new allowlist is in force with the answer.");
        api.MapPost("/tokens/{id:guid}/rotate", RotateAsync).Allow(Managers).Answers<NewTokenAnswer>(StatusCodes.Status201Created).Once().Refuses(NotFound, Refused)
            .Describe("rotateToken", "Rotate a token", "Makes the token's successor, accepted from this answer on. The old one goes on working for the overlap. However many rotate at once, one succeeds.");
        api.MapPost("/tokens/{id:guid}/retire", RetireAsync).Allow(Managers).AnswersNothing().Refuses(NotFound, Conflict)
            .Describe("retireToken", "Retire the old token", "Ends an overlap now: the token that is being replaced is refused from this answer on. Either of the two ids will do.");
        api.MapPost("/tokens/{id:guid}/invalidate", InvalidateAsync).Allow(Managers).AnswersNothing().Refuses(NotFound, Conflict)
            .Describe("invalidateToken", "Invalidate a token", "Ends a token for good: it is refused from this answer on. Asking twice is no error.");
        api.MapPost("/tokens/{id:guid}/disable", (Guid id, SetTokenDisabled set, ApiCaller caller, CancellationToken stop) => SetAsync(set, id, true, caller, stop))
            .Allow(Managers).AnswersNothing().Refuses(NotFound, Conflict)
            .Describe("disableToken", "Disable a token", "Refuses a token from this answer on, until it is enabled again.");
        api.MapPost("/tokens/{id:guid}/enable", (Guid id, SetTokenDisabled set, ApiCaller caller, CancellationToken stop) => SetAsync(set, id, false, caller, stop))
            .Allow(Managers).AnswersNothing().Refuses(NotFound, Conflict)
            .Describe("enableToken", "Enable a token", "Accepts a disabled token again.");
    }

    private static async Task<IResult> ListAsync(
        [FromQuery, OneOf("active", "expiring", "rotating", "pending", "disabled", "expired", "retired", "invalidated", "void")] string? status,
        [FromQuery, OneOf("development", "staging", "production")] string? environment,
        [AsParameters] ListQuery page, ListApiTokens tokens, ApiCaller caller, CancellationToken cancellationToken)
    {
        if (!TokenApiWords.Statuses.TryReadOptional(status, "status", out var wanted, out var refusal)
            || !TokenApiWords.Environments.TryReadOptional(environment, "environment", out var place, out refusal))
        {
            return refusal;
        }

        if (page.Fault() is { } fault)
            return fault;
        var filter = new TokenFilter(
            Statuses: wanted is { } one ? [one] : null, Environment: place, Nest: false, Cursor: page.Cursor, Limit: page.Limit ?? ListQuery.DefaultLimit);
        var found = await tokens.HandleAsync(filter, await caller.ActorAsync(), cancellationToken);
        return found.ToAnswer(list => Results.Ok(new ListAnswer<TokenAnswer>([.. list.Items.Select(row => TokenAnswer.Of(row.Token))], list.NextCursor)));
    }

    private static async Task<IResult> CreateAsync(CreateTokenBody body, CreateApiToken create, ApiCaller caller, CancellationToken cancellationToken)
    {
        if (!TokenApiWords.Environments.TryRead(body.Environment, "environment", out var environment, out var refusal))
            return refusal;
        if (!TokenApiWords.Expiries.TryRead(body.Expiry, "expiry", out var expiry, out _))
            return ApiAnswers.Refusal(BadExpiry);
        var request = new CreateApiTokenRequest(
            body.Name, environment, expiry, body.Scopes, Join(body.Allowlist), body.Holder, body.Cashier.ToCredentials(), TokenHandover.Immediate);
        return Made(await create.HandleAsync(request, await caller.ActorAsync(), cancellationToken));
    }

    private static async Task<IResult> GetAsync(Guid id, GetApiToken get, ApiCaller caller, CancellationToken cancellationToken) =>
        (await get.HandleAsync(id, await caller.ActorAsync(), cancellationToken)).ToAnswer(token => Results.Ok(TokenAnswer.Of(token)));

    private static async Task<IResult> EditAsync(Guid id, EditTokenBody body, EditApiToken edit, GetApiToken get, ApiCaller caller, CancellationToken cancellationToken)
    {
        var actor = await caller.ActorAsync();
        var request = new EditApiTokenRequest(id, body.Name, body.Holder, Join(body.Allowlist), body.Scopes);
        var edited = await edit.HandleAsync(request, actor, cancellationToken);
        return edited.Succeeded
            ? (await get.HandleAsync(id, actor, cancellationToken)).ToAnswer(token => Results.Ok(TokenAnswer.Of(token)))
            : ApiAnswers.Refusal(edited.Error);
    }

    private static async Task<IResult> RotateAsync(Guid id, RotateTokenBody body, RotateApiToken rotate, ApiCaller caller, CancellationToken cancellationToken)
    {
        if (!TokenApiWords.Overlaps.TryRead(body.Overlap, "overlap", out var overlap, out var refusal))
            return refusal;
        var request = new RotateApiTokenRequest(id, overlap, body.Cashier.ToCredentials(), Handover: TokenHandover.Immediate);
        return Made(await rotate.HandleAsync(request, await caller.ActorAsync(), cancellationToken));
    }

    private static async Task<IResult> RetireAsync(Guid id, RetireApiToken retire, ApiCaller caller, CancellationToken cancellationToken) =>
        (await retire.HandleAsync(id, await caller.ActorAsync(), cancellationToken)).ToAnswer();

    private static async Task<IResult> InvalidateAsync(Guid id, InvalidateTokenBody body, InvalidateApiToken invalidate, ApiCaller caller, CancellationToken cancellationToken)
    {
        if (!TokenApiWords.Reasons.TryRead(body.Reason, "reason", out var reason, out var refusal))
            return refusal;
        return (await invalidate.HandleAsync(new InvalidateApiTokenRequest(id, reason, body.Comment), await caller.ActorAsync(), cancellationToken)).ToAnswer();
    }

    private static async Task<IResult> SetAsync(SetTokenDisabled set, Guid id, bool disabled, ApiCaller caller, CancellationToken cancellationToken) =>
        (await set.HandleAsync(id, disabled, await caller.ActorAsync(), cancellationToken)).ToAnswer();

    internal static IResult Made(Result<NewApiToken> made) =>
        made.ToAnswer(token => Results.Created($"{ApiPaths.V1}/tokens/{token.Token.Id:D}", NewTokenAnswer.Of(token)));

    private static ApiProblem BadExpiry => new(Refused, "bad_expiry", "A token cannot be given this life.")
    {
        Errors = new Dictionary<string, string> { ["expiry"] = $"Use one of {string.Join(", ", TokenApiWords.Expiries.All)}." },
    };

    private static string? Join(IReadOnlyList<string>? allowlist) => allowlist is null ? null : string.Join('\n', allowlist);
}

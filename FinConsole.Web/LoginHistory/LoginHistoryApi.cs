using System.ComponentModel;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.LoginHistory.Countries;
using FinConsole.Core.LoginHistory.Listing;
using FinConsole.Web.Hosting.Api;
using Microsoft.AspNetCore.Mvc;

namespace FinConsole.Web.LoginHistory;

/// <summary>Login history over HTTP: the page's filters, and its rows.</summary>
internal static class LoginHistoryApi
{
    private static readonly ApiAccess Readers = ApiAccess.Member(Permission.ReadLoginHistory).OrScope("read:login-history").As(AuditAction.AccessRefused, AuditResource.LoginHistory, "Login history");

    public static void MapLoginHistoryApi(this IEndpointRouteBuilder api) =>
        api.MapGet("/login-history", ListAsync).Allow(Readers).Responds<LoginListResponse>().Refuses(ApiProblem.UnknownValue).Refuses([.. RefusalSets.Fields, ScanErrors.Busy])
            .Describe(
                "listLoginHistory", "List sign-in attempts",
                "Lists attempts to get in, newest first: on the console, by API, as a cashier, by refresh token and by step-up. A search that finds little stops for this time and says how "
                + "far it came.");

    /// <summary>Fincept's call, outside the versioned API.</summary>
    public static void MapUserLoginHistory(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet(ApiPaths.User + "/login-history", ListAsync).Allow(Readers.InAnyHeader()).Responds<LoginListResponse>()
            .Refuses(ApiProblem.UnknownValue).Refuses([.. RefusalSets.Fields, ScanErrors.Busy])
            .Describe("listUserLoginHistory", "List sign-in attempts (alias)", "The same as GET /api/v1/login-history, with the access token in any of the three headers.");

    private static async Task<IResult> ListAsync(
        [AsParameters] LoginFilterQuery filter, [AsParameters] ListQuery page, ListLoginAttempts attempts, ApiCaller caller, CancellationToken cancellationToken)
    {
        if (!LoginApiValues.Outcomes.TryReadOptional(filter.Outcome, "outcome", out var outcome, out var refusal))
            return refusal;
        if (page.Fault(ListCursor.TimeAndNumber) is { } fault)
            return fault;
        if (filter.Country is { } country && !CountryNames.All.ContainsKey(country.ToUpperInvariant()))
            return ApiResponses.Refusal(ApiProblem.MalformedAt("country", LoginApiErrorTexts.Country));
        var found = await attempts.HandleAsync(
            new LoginFilter(filter.Account, outcome, filter.Ip, filter.Country, filter.Suspicious ?? false, filter.From, filter.To, page.Cursor, page.Limit ?? ListQuery.DefaultLimit),
            await caller.ActorAsync(), cancellationToken);
        return found.ToResponse(list => Results.Ok(new LoginListResponse([.. list.Rows.Select(LoginResponse.Of)], list.NextCursor, list.SearchedBackTo)));
    }
}

/// <summary>Which attempts are asked for.</summary>
internal readonly record struct LoginFilterQuery(
    [property: FromQuery, Description("An address, whole or its beginning.")] string? Account,
    [property: FromQuery, Description("Only this outcome."), OneOf(
        "success", "wrong-password", "unknown-account", "locked", "deactivated", "mfa-required", "mfa-passed", "mfa-failed", "recovery-code-used", "signed-out", "wrong-role",
        "reset-required", "retired-token", "session-over", "refresh-reused", "undecryptable", "unencrypted")] string? Outcome,
    [property: FromQuery, Description("A network address, or a range in CIDR.")] string? Ip,
    [property: FromQuery, Description("A country: two letters, ISO 3166-1.")] string? Country,
    [property: FromQuery, Description("True for those of medium or high risk alone.")] bool? Suspicious,
    [property: FromQuery, Description("Not before this time.")] DateTimeOffset? From,
    [property: FromQuery, Description("Before this time.")] DateTimeOffset? To);

/// <summary>A piece of login history.</summary>
/// <param name="Items">Newest first.</param>
/// <param name="NextCursor">Asks for the next piece; null at the end.</param>
/// <param name="SearchedBackTo">Set where the search stopped for this time before it had a full page: the next piece goes on from there.</param>
internal sealed record LoginListResponse(IReadOnlyList<LoginResponse> Items, string? NextCursor, DateTimeOffset? SearchedBackTo);

/// <summary>One attempt to get in.</summary>
/// <param name="Id">In the order of writing.</param>
/// <param name="At">When.</param>
/// <param name="Account">The account's address, or what was typed.</param>
/// <param name="MemberId">Null for an unknown account.</param>
/// <param name="Name">The member's name today.</param>
/// <param name="Way">Through which door.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Ip">From which network address.</param>
/// <param name="Country">Two letters, where known.</param>
/// <param name="Device">Browser and operating system, or the program's kind.</param>
/// <param name="UserAgent">As sent.</param>
/// <param name="SessionId">The session that it opened, used or ended.</param>
/// <param name="TokenId">The token that was presented, where it was one.</param>
/// <param name="Level">How suspicious; null until it was evaluated, which takes a moment.</param>
/// <param name="Score">0 to 100.</param>
/// <param name="Reasons">What speaks against it.</param>
/// <param name="Undecided">What could not be told.</param>
/// <param name="Mark">What a person said of it.</param>
/// <param name="MarkedBy">Who said so.</param>
/// <param name="CorrelationId">Ties together what one request did.</param>
internal sealed record LoginResponse(
    long Id, DateTimeOffset At, string Account, Guid? MemberId, string? Name, string Way, string Outcome, string? Ip, string? Country, string? Device, string? UserAgent,
    Guid? SessionId, Guid? TokenId, string? Level, int Score, IReadOnlyList<string> Reasons, IReadOnlyList<string> Undecided, string? Mark, string? MarkedBy, string CorrelationId)
{
    public static LoginResponse Of(LoginRow row) => new(
        row.Id, row.At, row.Account, row.MemberId, row.Name, LoginApiValues.Ways.Of(row.Way), LoginApiValues.Outcomes.Of(row.Outcome), row.Ip, row.Country, row.Device, row.UserAgent,
        row.SessionId, row.TokenId, row.Level is { } level ? LoginApiValues.Levels.Of(level) : null, row.Score, [.. LoginApiValues.Of(row.Flagged)], [.. LoginApiValues.Of(row.Undecided)],
        row.Mark is { } mark ? LoginApiValues.Marks.Of(mark) : null, row.MarkedBy, row.CorrelationId);
}

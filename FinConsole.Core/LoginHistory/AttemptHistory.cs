using FinConsole.Core.Data;
using FinConsole.Core.LoginHistory.RiskRules;
using FinConsole.Core.Members;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.LoginHistory;

/// <summary>Reads what the rules are told of an attempt: a handful of seeks, however long the account's past is.</summary>
internal static class AttemptHistory
{
    /// <summary>What a token's attempts carry as their account, in place of an address.</summary>
    private const string TokenPrefix = "fc_";

    private const int MostAccounts = 100;
    private const int MostRecent = 100;

    public static async Task<TimeZoneInfo> ZoneOfAsync(ConsoleDbContext context, Guid? memberId, CancellationToken cancellationToken)
    {
        if (memberId is null)
            return TimeZoneInfo.Utc;
        var zone = await context.Set<ConsoleUser>().Where(member => member.Id == memberId).Select(member => member.TimeZone).SingleOrDefaultAsync(cancellationToken);
        return zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? found : TimeZoneInfo.Utc;
    }

    public static AttemptFacts FactsOf(LoginAttempt attempt, TimeZoneInfo zone)
    {
        var at = attempt.FinishedAt ?? attempt.At;
        return new AttemptFacts(
            at, attempt.Ip, attempt.Network, attempt.Country, attempt.Device,
            // A program refreshes by its own clock, at night as by day: its hours say nothing of its owner.
            attempt.MemberId is null || attempt.Way == SignInChannel.Refresh ? null : TimeZoneInfo.ConvertTime(at, zone).Hour,
            attempt.Outcome.IsFailure(), attempt.Outcome == LoginOutcome.MfaFailed, StandingOf(attempt),
            attempt.TokenId is null && !IsUnknownToken(attempt));
    }

    public static async Task<AttemptPast> PastOfAsync(ConsoleDbContext context, LoginAttempt attempt, AttemptFacts facts, CancellationToken cancellationToken) => new(
        attempt.MemberId is { } member ? await AccountPastAsync(context, attempt, facts, member, cancellationToken) : null,
        attempt.Ip is { } ip ? await CountFailedAccountsAsync(context, attempt, facts, ip, cancellationToken) : 0);

    private static TokenStanding StandingOf(LoginAttempt attempt) =>
        attempt.Outcome is LoginOutcome.RetiredToken or LoginOutcome.RefreshReused ? TokenStanding.Retired
        : attempt.TokenId is not null ? TokenStanding.Live
        : IsUnknownToken(attempt) ? TokenStanding.Unknown
        : TokenStanding.None;

    private static bool IsUnknownToken(LoginAttempt attempt) =>
        attempt.Outcome == LoginOutcome.UnknownAccount && attempt.Account.StartsWith(TokenPrefix, StringComparison.Ordinal);

    private static async Task<AccountPast> AccountPastAsync(ConsoleDbContext context, LoginAttempt attempt, AttemptFacts facts, Guid member, CancellationToken cancellationToken)
    {
        // Addresses may be many, and only the attempt's own matters; countries, devices and hours are few.
        var traits = await context.Set<AccountTrait>().AsNoTracking()
            .Where(trait => trait.MemberId == member && (
                trait.Kind == TraitKind.Hour || trait.Kind == TraitKind.Country
                || (trait.Kind == TraitKind.Ip && trait.Value == facts.Ip) || (trait.Kind == TraitKind.Network && trait.Value == facts.Network)
                || (trait.Kind == TraitKind.Device && trait.Value == facts.Device)))
            .ToListAsync(cancellationToken);
        var hours = new int[24];
        foreach (var trait in traits.Where(trait => trait.Kind == TraitKind.Hour))
            hours[int.Parse(trait.Value, System.Globalization.CultureInfo.InvariantCulture)] = trait.SignIns;

        var recent = await RecentFailuresAsync(context, attempt, facts.At, member, cancellationToken);
        return new AccountPast(
            hours.Sum(),
            traits.Any(trait => trait.Kind == TraitKind.Ip),
            traits.Any(trait => trait.Kind == TraitKind.Network),
            traits.Any(trait => trait.Kind == TraitKind.Device),
            [.. traits.Where(trait => trait.Kind == TraitKind.Country).Select(trait => new SeenCountry(trait.Value, trait.SignIns, trait.Since, trait.LastAt))],
            hours,
            recent.Count,
            recent.Count(outcome => outcome == LoginOutcome.MfaFailed));
    }

    /// <summary>How the account's attempts in the hour before failed, since the last one that succeeded.</summary>
    private static async Task<List<LoginOutcome>> RecentFailuresAsync(ConsoleDbContext context, LoginAttempt attempt, DateTimeOffset at, Guid member, CancellationToken cancellationToken)
    {
        var since = at - FailuresBefore.Window;
        var rows = await Before(context, attempt, at).Where(row => row.MemberId == member && row.At >= since)
            .OrderByDescending(row => row.At).ThenByDescending(row => row.Id).Take(MostRecent).Select(row => row.Outcome).ToListAsync(cancellationToken);
        return [.. rows.TakeWhile(outcome => !outcome.IsSuccess()).Where(outcome => outcome.IsFailure())];
    }

    private static async Task<int> CountFailedAccountsAsync(ConsoleDbContext context, LoginAttempt attempt, AttemptFacts facts, string ip, CancellationToken cancellationToken)
    {
        var since = facts.At - ManyAccountsFromOneIp.Window;
        return await Before(context, attempt, facts.At)
            .Where(row => row.Ip == ip && row.At >= since && row.Account != attempt.Account && LoginOutcomes.Failures.Contains(row.Outcome))
            .Where(row => row.TokenId == null && !(row.Outcome == LoginOutcome.UnknownAccount && row.Account.StartsWith(TokenPrefix)))
            .Select(row => row.Account).Distinct().OrderBy(account => account).Take(MostAccounts).CountAsync(cancellationToken);
    }

    // A finished row carries the number of its password, and what came between password and code carries higher ones.
    private static IQueryable<LoginAttempt> Before(ConsoleDbContext context, LoginAttempt attempt, DateTimeOffset at) =>
        attempt.FinishedAt is null
            ? context.Set<LoginAttempt>().AsNoTracking().Where(row => row.Id < attempt.Id && row.At <= at)
            : context.Set<LoginAttempt>().AsNoTracking().Where(row => row.Id != attempt.Id && row.At <= at);
}

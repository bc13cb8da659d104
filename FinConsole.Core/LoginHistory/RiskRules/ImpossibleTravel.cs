using System.Globalization;
using FinConsole.Core.LoginHistory.Countries;
using FinConsole.Core.Policies;

namespace FinConsole.Core.LoginHistory.RiskRules;

/// <summary>
/// Two countries that don't touch, within two hours, neither seen for this account in the 90 days before. Somebody whose company's
/// gateway stands abroad signs in from two countries all the time: those have been seen.
/// </summary>
public sealed class ImpossibleTravel : IRiskRule
{
    public static readonly TimeSpan Window = TimeSpan.FromHours(2);

    /// <summary>After a pause of this length a country counts as not seen.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromDays(90);

    public RiskReasons Reason => RiskReasons.ImpossibleTravel;

    public RuleResult Evaluate(AttemptFacts attempt, AttemptPast past)
    {
        if (attempt.Country is not { } here || past.Account is not { IsEnough: true } account)
            return RuleResult.CannotTell;

        var since = attempt.At - Window;
        if (account.Countries.Any(seen => seen.Country == here && WasSeenBefore(seen, attempt.At)))
            return RuleResult.Clear;
        var from = account.Countries.Where(seen => seen.LastAt >= since && !Borders.Touch(seen.Country, here) && !WasSeenBefore(seen, attempt.At)).MaxBy(seen => seen.LastAt);
        return from is null
            ? RuleResult.Clear
            : RuleResult.Flagged(string.Create(CultureInfo.InvariantCulture, $"{from.Country},{here},{Math.Max(0, (int)(attempt.At - from.LastAt).TotalMinutes)}"));
    }

    // Within the 90 days before the journey, which is these two hours.
    private static bool WasSeenBefore(SeenCountry seen, DateTimeOffset at) => seen.Since < at - Window && seen.LastAt >= at - Memory;
}

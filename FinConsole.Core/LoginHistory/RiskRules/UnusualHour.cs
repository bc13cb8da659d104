using System.Globalization;
using FinConsole.Core.Policies;

namespace FinConsole.Core.LoginHistory.RiskRules;

/// <summary>
/// The account hardly ever signs in at this hour of its own day. Learnt from at least 20 sign-ins; an hour counts together with the
/// one before and the one after, so that coming an hour early is nothing unusual.
/// </summary>
public sealed class UnusualHour : IRiskRule
{
    /// <summary>How many sign-ins a habit takes.</summary>
    public const int Enough = 20;

    /// <summary>Fewer than one sign-in in so many within the three hours make the hour unusual.</summary>
    private const int OneIn = 50;

    public RiskReasons Reason => RiskReasons.UnusualHour;

    public RuleResult Evaluate(AttemptFacts attempt, AttemptPast past)
    {
        if (attempt.Hour is not { } hour || past.Account is not { SignIns: >= Enough } account)
            return RuleResult.CannotTell;
        var hours = account.SignInsByHour;
        var near = hours[(hour + 23) % 24] + hours[hour] + hours[(hour + 1) % 24];
        return near * OneIn < account.SignIns ? RuleResult.Flagged(hour.ToString(CultureInfo.InvariantCulture)) : RuleResult.Clear;
    }
}

using System.Globalization;
using FinConsole.Core.Policies;

namespace FinConsole.Core.LoginHistory.RiskRules;

/// <summary>
/// A spray: several accounts failed from one address within ten minutes. Failures alone count, since an office full of people signs in
/// from one address every morning; a success from the address of a spray is flagged with it. Tokens are no accounts: a rotation that left
/// many servers behind one address with their old tokens is no attack.
/// </summary>
public sealed class ManyAccountsFromOneIp : IRiskRule
{
    public const int Many = 5;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    public RiskReasons Reason => RiskReasons.ManyAccountsFromOneIp;

    public RuleResult Evaluate(AttemptFacts attempt, AttemptPast past)
    {
        if (attempt.Ip is null)
            return RuleResult.CannotTell;
        var accounts = past.FailedAccountsFromIp + (attempt is { Failed: true, OnAccount: true } ? 1 : 0);
        return accounts >= Many ? RuleResult.Flagged(accounts.ToString(CultureInfo.InvariantCulture)) : RuleResult.Clear;
    }
}

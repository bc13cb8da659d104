using FinConsole.Core.LoginHistory;
using FinConsole.Core.Policies;
using FinConsole.Web.Hosting.Api;

namespace FinConsole.Web.LoginHistory;

/// <summary>What the API, exports and addresses call the values of login history. Other people's programs read them: they never change.</summary>
internal static class LoginApiValues
{
    public static readonly EnumValues<LoginOutcome> Outcomes = new(
        ("success", LoginOutcome.Success), ("wrong-password", LoginOutcome.WrongPassword), ("unknown-account", LoginOutcome.UnknownAccount), ("locked", LoginOutcome.Locked),
        ("deactivated", LoginOutcome.Deactivated), ("mfa-required", LoginOutcome.MfaRequired), ("mfa-passed", LoginOutcome.MfaPassed), ("mfa-failed", LoginOutcome.MfaFailed),
        ("recovery-code-used", LoginOutcome.RecoveryCodeUsed), ("signed-out", LoginOutcome.SignedOut), ("wrong-role", LoginOutcome.WrongRole),
        ("reset-required", LoginOutcome.ResetRequired), ("retired-token", LoginOutcome.RetiredToken), ("session-over", LoginOutcome.SessionOver),
        ("refresh-reused", LoginOutcome.RefreshReused), ("undecryptable", LoginOutcome.Undecryptable), ("unencrypted", LoginOutcome.Unencrypted));

    public static readonly EnumValues<SignInChannel> Ways = new(
        ("console", SignInChannel.Console), ("api", SignInChannel.Api), ("cashier-check", SignInChannel.CashierCheck), ("refresh", SignInChannel.Refresh), ("step-up", SignInChannel.StepUp));

    public static readonly EnumValues<RiskLevel> Levels = new(("none", RiskLevel.None), ("low", RiskLevel.Low), ("medium", RiskLevel.Medium), ("high", RiskLevel.High));

    public static readonly EnumValues<LoginMark> Marks = new(("this-was-me", LoginMark.ThisWasMe), ("not-me", LoginMark.NotMe));

    public static readonly EnumValues<RiskReasons> Reasons = new(
        ("new-ip", RiskReasons.NewIp), ("new-network", RiskReasons.NewNetwork), ("new-country", RiskReasons.NewCountry), ("impossible-travel", RiskReasons.ImpossibleTravel),
        ("new-device", RiskReasons.NewDevice), ("unusual-hour", RiskReasons.UnusualHour), ("failures-before", RiskReasons.FailuresBefore),
        ("many-accounts-from-one-ip", RiskReasons.ManyAccountsFromOneIp), ("repeated-mfa-failures", RiskReasons.RepeatedMfaFailures),
        ("retired-token-used", RiskReasons.RetiredTokenUsed));

    /// <summary>The words of all that are set, in the order in which policies list them.</summary>
    public static IEnumerable<string> Of(RiskReasons reasons) => RiskPolicy.Reasons.Where(reason => (reasons & reason) != 0).Select(Reasons.Of);
}

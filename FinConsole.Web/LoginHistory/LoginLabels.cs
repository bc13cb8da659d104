using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.Common;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.LoginHistory.Countries;
using FinConsole.Core.LoginHistory.Listing;
using FinConsole.Core.Policies;
using FinConsole.Web.ApiTokens;

namespace FinConsole.Web.LoginHistory;

/// <summary>Attempts in people's words.</summary>
internal static class LoginLabels
{
    public static string Of(LoginOutcome outcome) => outcome switch
    {
        LoginOutcome.Success => LoginTexts.Success,
        LoginOutcome.WrongPassword => LoginTexts.WrongPassword,
        LoginOutcome.UnknownAccount => LoginTexts.UnknownAccount,
        LoginOutcome.Locked => LoginTexts.Locked,
        LoginOutcome.Deactivated => LoginTexts.Deactivated,
        LoginOutcome.MfaRequired => LoginTexts.MfaRequired,
        LoginOutcome.MfaPassed => LoginTexts.MfaPassed,
        LoginOutcome.MfaFailed => LoginTexts.MfaFailed,
        LoginOutcome.RecoveryCodeUsed => LoginTexts.RecoveryCodeUsed,
        LoginOutcome.SignedOut => LoginTexts.SignedOut,
        LoginOutcome.WrongRole => LoginTexts.WrongRole,
        LoginOutcome.ResetRequired => LoginTexts.ResetRequired,
        LoginOutcome.RetiredToken => LoginTexts.RetiredToken,
        LoginOutcome.SessionOver => LoginTexts.SessionOver,
        LoginOutcome.RefreshReused => LoginTexts.RefreshReused,
        LoginOutcome.Undecryptable => LoginTexts.Undecryptable,
        LoginOutcome.Unencrypted => LoginTexts.Unencrypted,
    };

    /// <summary>Tone and icon of the outcome's chip.</summary>
    public static (string Tone, string Icon) Look(LoginOutcome outcome) => outcome switch
    {
        LoginOutcome.SignedOut => ("mute", "log-out"),
        LoginOutcome.MfaRequired => ("info", "hourglass"),
        LoginOutcome.RecoveryCodeUsed => ("warn", "circle-check"),
        _ when outcome.IsSuccess() => ("ok", "circle-check"),
        LoginOutcome.Locked => ("bad", "lock-keyhole"),
        LoginOutcome.Deactivated => ("bad", "ban"),
        _ => ("bad", "circle-x"),
    };

    public static string Of(SignInChannel way) => way switch
    {
        SignInChannel.Console => LoginTexts.WayConsole,
        SignInChannel.Api => LoginTexts.WayApi,
        SignInChannel.CashierCheck => LoginTexts.WayCashierCheck,
        SignInChannel.Refresh => LoginTexts.WayRefresh,
        SignInChannel.StepUp => LoginTexts.WayStepUp,
    };

    /// <param name="mark">What was said of an attempt.</param>
    /// <param name="own">Whether it was on the reader's own account: nobody can say "me" of another's.</param>
    public static string Of(LoginMark mark, bool own) => (mark, own) switch
    {
        (LoginMark.ThisWasMe, true) => LoginTexts.ThisWasMe,
        (LoginMark.ThisWasMe, false) => LoginTexts.MarkLegitimate,
        (LoginMark.NotMe, true) => LoginTexts.NotMe,
        (LoginMark.NotMe, false) => LoginTexts.MarkSuspicious,
    };

    /// <summary>The list of tokens with this one in it, whatever became of it.</summary>
    public static string UriOf(TokenView token) => $"{ConsoleUrls.Tokens}?q={Uri.EscapeDataString(token.Masked.Split('…')[0])}&status={TokenListQuery.All}";

    /// <summary>Tone and icon of the risk's chip.</summary>
    public static (string Tone, string Icon) Look(RiskLevel? level) => level switch
    {
        RiskLevel.High => ("bad", "shield-alert"),
        RiskLevel.Medium => ("warn", "triangle-alert"),
        RiskLevel.Low => ("ok", "shield-check"),
        null => ("mute", "hourglass"),
        _ => ("mute", "circle-slash"),
    };

    /// <summary>The level, and the score where there is one: "High, 75".</summary>
    public static string Risk(LoginRow row) =>
        row is { Level: RiskLevel.Low, Score: 0 } or { Level: null or RiskLevel.None } ? RiskLabels.Level(row.Level) : Texts.Format(LoginTexts.LevelAndScore, RiskLabels.Level(row.Level), row.Score);

    /// <summary>Where the attempt came from, for its second line.</summary>
    public static string Place(LoginRow row) => row switch
    {
        { Country: { } country } => CountryNames.Of(country),
        { Ip: null } => LoginTexts.NoAddress,
        { HasPlace: false } => LoginTexts.PrivateNetwork,
        _ => LoginTexts.CountryUnknown,
    };

    /// <summary>What a rule saw, as a sentence; null where its name says all.</summary>
    public static string? Evidence(LoginRow row, RiskReasons reason) => (reason, row.EvidenceOf(reason)) switch
    {
        (_, null) => null,
        (RiskReasons.NewCountry, var country) => Texts.Format(LoginTexts.SawCountry, CountryNames.Of(country)),
        (RiskReasons.ImpossibleTravel, var saw) when saw.Split(',') is [var from, var to, var minutes] =>
            Texts.Format(LoginTexts.SawTravel, CountryNames.Of(from), CountryNames.Of(to), minutes),
        (RiskReasons.UnusualHour, var hour) => Texts.Format(LoginTexts.SawHour, hour.PadLeft(2, '0')),
        (RiskReasons.FailuresBefore, var count) => Texts.Format(LoginTexts.SawFailures, count),
        (RiskReasons.ManyAccountsFromOneIp, var count) => Texts.Format(LoginTexts.SawAccounts, count),
        (RiskReasons.RepeatedMfaFailures, var count) => Texts.Format(LoginTexts.SawMfaFailures, count),
        _ => null,
    };
}

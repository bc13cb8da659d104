using FinConsole.Core.Policies;

namespace FinConsole.Web.LoginHistory;

/// <summary>What speaks against a sign-in, in people's words: the same on login history's chips and beside the policy's weights.</summary>
public static class RiskLabels
{
    /// <summary>A single reason's name.</summary>
    /// <exception cref="ArgumentOutOfRangeException">None, or several at once.</exception>
    public static string Name(RiskReasons reason) => reason switch
    {
        RiskReasons.NewIp => RiskTexts.NewIp,
        RiskReasons.NewNetwork => RiskTexts.NewNetwork,
        RiskReasons.NewCountry => RiskTexts.NewCountry,
        RiskReasons.ImpossibleTravel => RiskTexts.ImpossibleTravel,
        RiskReasons.NewDevice => RiskTexts.NewDevice,
        RiskReasons.UnusualHour => RiskTexts.UnusualHour,
        RiskReasons.FailuresBefore => RiskTexts.FailuresBefore,
        RiskReasons.ManyAccountsFromOneIp => RiskTexts.ManyAccountsFromOneIp,
        RiskReasons.RepeatedMfaFailures => RiskTexts.RepeatedMfaFailures,
        RiskReasons.RetiredTokenUsed => RiskTexts.RetiredTokenUsed,
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "One reason has one name."),
    };

    /// <summary>What has to be so for the reason to count, in one sentence.</summary>
    /// <exception cref="ArgumentOutOfRangeException">None, or several at once.</exception>
    public static string Meaning(RiskReasons reason) => reason switch
    {
        RiskReasons.NewIp => RiskTexts.NewIpHint,
        RiskReasons.NewNetwork => RiskTexts.NewNetworkHint,
        RiskReasons.NewCountry => RiskTexts.NewCountryHint,
        RiskReasons.ImpossibleTravel => RiskTexts.ImpossibleTravelHint,
        RiskReasons.NewDevice => RiskTexts.NewDeviceHint,
        RiskReasons.UnusualHour => RiskTexts.UnusualHourHint,
        RiskReasons.FailuresBefore => RiskTexts.FailuresBeforeHint,
        RiskReasons.ManyAccountsFromOneIp => RiskTexts.ManyAccountsFromOneIpHint,
        RiskReasons.RepeatedMfaFailures => RiskTexts.RepeatedMfaFailuresHint,
        RiskReasons.RetiredTokenUsed => RiskTexts.RetiredTokenUsedHint,
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "One reason has one meaning."),
    };

    /// <summary>The level's name; null where the row was not looked at yet.</summary>
    public static string Level(RiskLevel? level) => level switch
    {
        null => RiskTexts.LevelWaiting,
        RiskLevel.None => RiskTexts.LevelNone,
        RiskLevel.Low => RiskTexts.LevelLow,
        RiskLevel.Medium => RiskTexts.LevelMedium,
        RiskLevel.High => RiskTexts.LevelHigh,
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, null),
    };

    /// <summary>The reasons that a mask holds, heaviest bits last, as they are shown.</summary>
    public static IEnumerable<string> Names(RiskReasons flagged) => RiskPolicy.Reasons.Where(reason => (flagged & reason) != 0).Select(Name);
}

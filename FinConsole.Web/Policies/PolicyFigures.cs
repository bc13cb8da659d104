using FinConsole.Core.Members;
using FinConsole.Core.Policies;
using FinConsole.Web.LoginHistory;

namespace FinConsole.Web.Policies;

/// <summary>A figure of the policy: where it stands on the page, and in which bounds.</summary>
/// <param name="Field">The name under which errors speak of it.</param>
internal sealed record PolicyFigure(string Field, PolicyPart Part, Func<string> Label, Func<string> Unit, int Least, int Most, Func<PolicySettings, int> Read);

/// <summary>The page's sections, each reset by itself.</summary>
public enum PolicyPart
{
    SignIn,
    Sessions,
    Risk,
    Rotation,
    Keys,
    History,
}

/// <summary>All figures, in the page's order.</summary>
internal static class PolicyFigures
{
    public static readonly IReadOnlyList<PolicyFigure> All =
    [
        new("SessionIdleMinutes", PolicyPart.Sessions, () => PolicyTexts.Idle, () => PolicyTexts.Minutes, SessionLimits.ShortestIdleMinutes, SessionLimits.LongestIdleMinutes, policy => policy.Sessions.IdleMinutes),
        new("SessionHours", PolicyPart.Sessions, () => PolicyTexts.Hours, () => PolicyTexts.HoursUnit, SessionLimits.ShortestHours, SessionLimits.LongestHours, policy => policy.Sessions.Hours),
        new("RiskMedium", PolicyPart.Risk, () => PolicyTexts.Medium, () => PolicyTexts.Points, 1, RiskPolicy.HighestScore - 1, policy => policy.Risk.Medium),
        new("RiskHigh", PolicyPart.Risk, () => PolicyTexts.High, () => PolicyTexts.Points, 2, RiskPolicy.HighestScore, policy => policy.Risk.High),
        .. RiskPolicy.Reasons.Select(Weight),
        Rotation("RotateDevelopmentDays", () => PolicyTexts.RotateDevelopment, policy => policy.Rotation.DevelopmentDays),
        Rotation("RotateStagingDays", () => PolicyTexts.RotateStaging, policy => policy.Rotation.StagingDays),
        Rotation("RotateProductionDays", () => PolicyTexts.RotateProduction, policy => policy.Rotation.ProductionDays),
        Rotation("RotateEncryptionKeyDays", () => PolicyTexts.RotateKey, policy => policy.Rotation.EncryptionKeyDays),
        new("DecryptOnlyHours", PolicyPart.Keys, () => PolicyTexts.Window, () => PolicyTexts.HoursUnit, 0, TenantPolicy.LongestDecryptOnlyHours, policy => policy.DecryptOnlyHours),
        new("LoginHistoryDays", PolicyPart.History, () => PolicyTexts.HistoryDays, () => PolicyTexts.Days, PolicyRules.ShortestHistoryDays, PolicyRules.LongestHistoryDays, policy => policy.LoginHistoryDays),
    ];

    private static readonly Dictionary<string, PolicyFigure> ByField = All.ToDictionary(figure => figure.Field);

    public static PolicyFigure Of(string field) => ByField[field];

    private static PolicyFigure Weight(RiskReasons reason) =>
        new(PolicyRules.FieldOf(reason), PolicyPart.Risk, () => RiskWords.Name(reason), () => PolicyTexts.Points, 0, RiskPolicy.HighestScore, policy => policy.Risk.Weights[reason]);

    private static PolicyFigure Rotation(string field, Func<string> label, Func<PolicySettings, int> read) =>
        new(field, PolicyPart.Rotation, label, () => PolicyTexts.Days, PolicyRules.ShortestRotationDays, PolicyRules.LongestRotationDays, read);
}

using System.Globalization;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.Policies;
using FinConsole.Web.LoginHistory;

namespace FinConsole.Web.Policies;

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

/// <summary>One setting of the policy, and where it stands on the page.</summary>
/// <param name="Field">The name under which errors speak of it.</param>
/// <param name="Read">What a policy says; 1 for a switch that is on, 0 for off.</param>
internal abstract record PolicySetting(string Field, PolicyPart Part, Func<string> Label, Func<PolicySettings, int> Read)
{
    /// <summary>A change in a few words, for example "At most: 12 → 8 hours".</summary>
    /// <param name="before">What holds.</param>
    /// <param name="after">What stands in the field; null where that is empty.</param>
    public string Tell(int before, int? after) => Texts.Format(PolicyTexts.ChangeLine, Label(), Before(before), After(after));

    protected abstract string Before(int value);

    protected abstract string After(int? value);
}

/// <summary>A figure within bounds.</summary>
internal sealed record PolicyFigure(string Field, PolicyPart Part, Func<string> Label, Func<string> Unit, int Least, int Most, Func<PolicySettings, int> Read)
    : PolicySetting(Field, Part, Label, Read)
{
    protected override string Before(int value) => value.ToString("N0", CultureInfo.InvariantCulture);

    protected override string After(int? value) => value is { } figure ? $"{Before(figure)} {Unit()}" : PolicyTexts.Nothing;
}

/// <summary>Something that is on or off.</summary>
internal sealed record PolicySwitch(string Field, PolicyPart Part, Func<string> Label, Func<PolicySettings, bool> IsOn)
    : PolicySetting(Field, Part, Label, policy => IsOn(policy) ? 1 : 0)
{
    protected override string Before(int value) => value == 0 ? PolicyTexts.Off : PolicyTexts.On;

    protected override string After(int? value) => Before(value ?? 0);
}

/// <summary>
/// All settings, in the page's order. What counts as a change, what is reset and what is taken over is derived from this list alone;
/// a test walks every setting of <see cref="PolicySettings"/>, so that none is left out.
/// </summary>
internal static class PolicySettingList
{
    public static readonly IReadOnlyList<PolicySetting> All =
    [
        new PolicySwitch("RequireMfa", PolicyPart.SignIn, () => PolicyTexts.RequireMfa, policy => policy.RequireMfa),
        new PolicyFigure("SessionIdleMinutes", PolicyPart.Sessions, () => PolicyTexts.Idle, () => PolicyTexts.Minutes, SessionLimits.ShortestIdleMinutes, SessionLimits.LongestIdleMinutes, policy => policy.Sessions.IdleMinutes),
        new PolicyFigure("SessionHours", PolicyPart.Sessions, () => PolicyTexts.Hours, () => PolicyTexts.HoursUnit, SessionLimits.ShortestHours, SessionLimits.LongestHours, policy => policy.Sessions.Hours),
        new PolicyFigure("RiskMedium", PolicyPart.Risk, () => PolicyTexts.Medium, () => PolicyTexts.Points, 1, RiskPolicy.HighestScore - 1, policy => policy.Risk.Medium),
        new PolicyFigure("RiskHigh", PolicyPart.Risk, () => PolicyTexts.High, () => PolicyTexts.Points, 2, RiskPolicy.HighestScore, policy => policy.Risk.High),
        .. RiskPolicy.Reasons.Select(Weight),
        Rotation("RotateDevelopmentDays", () => PolicyTexts.RotateDevelopment, policy => policy.Rotation.DevelopmentDays),
        Rotation("RotateStagingDays", () => PolicyTexts.RotateStaging, policy => policy.Rotation.StagingDays),
        Rotation("RotateProductionDays", () => PolicyTexts.RotateProduction, policy => policy.Rotation.ProductionDays),
        Rotation("RotateEncryptionKeyDays", () => PolicyTexts.RotateKey, policy => policy.Rotation.EncryptionKeyDays),
        new PolicyFigure("DecryptOnlyHours", PolicyPart.Keys, () => PolicyTexts.Window, () => PolicyTexts.HoursUnit, 0, TenantPolicy.LongestDecryptOnlyHours, policy => policy.DecryptOnlyHours),
        new PolicySwitch("PrivateKeyExport", PolicyPart.Keys, () => PolicyTexts.Export, policy => policy.PrivateKeyExport),
        new PolicySwitch("RequireEncryptedSecrets", PolicyPart.Keys, () => PolicyTexts.Encrypted, policy => policy.RequireEncryptedSecrets),
        new PolicySwitch("AllowMgf1Sha1", PolicyPart.Keys, () => PolicyTexts.Mgf1, policy => policy.AllowMgf1Sha1),
        new PolicyFigure("LoginHistoryDays", PolicyPart.History, () => PolicyTexts.HistoryDays, () => PolicyTexts.Days, PolicyRules.ShortestHistoryDays, PolicyRules.LongestHistoryDays, policy => policy.LoginHistoryDays),
    ];

    private static readonly Dictionary<string, PolicySetting> ByField = All.ToDictionary(setting => setting.Field);

    public static PolicySetting Of(string field) => ByField[field];

    private static PolicyFigure Weight(RiskReasons reason) =>
        new(PolicyRules.FieldOf(reason), PolicyPart.Risk, () => RiskLabels.Name(reason), () => PolicyTexts.Points, 0, RiskPolicy.HighestScore, policy => policy.Risk.Weights[reason]);

    private static PolicyFigure Rotation(string field, Func<string> label, Func<PolicySettings, int> read) =>
        new(field, PolicyPart.Rotation, label, () => PolicyTexts.Days, PolicyRules.ShortestRotationDays, PolicyRules.LongestRotationDays, read);
}

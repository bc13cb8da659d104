using FinConsole.Core.Common;
using FinConsole.Core.Members;

namespace FinConsole.Core.Policies;

/// <summary>The ranges of a policy's figures. A page may use them as its fields' bounds; saving checks them in any case.</summary>
public static class PolicyRules
{
    public const int ShortestRotationDays = 1;
    public const int LongestRotationDays = 730;
    public const int ShortestHistoryDays = 30;
    public const int LongestHistoryDays = 3650;

    /// <summary>The name under which an error speaks of a reason's weight.</summary>
    public static string FieldOf(RiskReasons reason) => $"RiskWeights.{reason}";

    /// <summary>All that is out of range, by field; null when nothing is.</summary>
    public static Error? Check(PolicySettings settings)
    {
        var faults = new Faults();
        faults.Range("DecryptOnlyHours", settings.DecryptOnlyHours, 0, TenantPolicy.LongestDecryptOnlyHours, "hours");
        faults.Range("SessionIdleMinutes", settings.Sessions.IdleMinutes, SessionLimits.ShortestIdleMinutes, SessionLimits.LongestIdleMinutes, "minutes");
        faults.Range("SessionHours", settings.Sessions.Hours, SessionLimits.ShortestHours, SessionLimits.LongestHours, "hours");
        CheckRisk(settings.Risk, faults);
        faults.Range("RotateDevelopmentDays", settings.Rotation.DevelopmentDays, ShortestRotationDays, LongestRotationDays, "days");
        faults.Range("RotateStagingDays", settings.Rotation.StagingDays, ShortestRotationDays, LongestRotationDays, "days");
        faults.Range("RotateProductionDays", settings.Rotation.ProductionDays, ShortestRotationDays, LongestRotationDays, "days");
        faults.Range("RotateEncryptionKeyDays", settings.Rotation.EncryptionKeyDays, ShortestRotationDays, LongestRotationDays, "days");
        faults.Range("LoginHistoryDays", settings.LoginHistoryDays, ShortestHistoryDays, LongestHistoryDays, "days");
        return faults.ByField.Count == 0 ? null : Error.Invalid(faults.ByField);
    }

    /// <summary>The same for the weighing of sign-ins alone.</summary>
    public static Error? Check(RiskPolicy risk)
    {
        var faults = new Faults();
        CheckRisk(risk, faults);
        return faults.ByField.Count == 0 ? null : Error.Invalid(faults.ByField);
    }

    private static void CheckRisk(RiskPolicy risk, Faults faults)
    {
        faults.Range("RiskMedium", risk.Medium, 1, RiskPolicy.HighestScore - 1, "points");
        faults.Range("RiskHigh", risk.High, 2, RiskPolicy.HighestScore, "points");
        if (faults.ByField.Count == 0 && risk.High <= risk.Medium)
            faults.ByField["RiskHigh"] = $"High begins above medium: choose between {risk.Medium + 1} and {RiskPolicy.HighestScore} points.";
        foreach (var reason in RiskPolicy.Reasons)
            faults.Range(FieldOf(reason), risk.Weights.GetValueOrDefault(reason, -1), 0, RiskPolicy.HighestScore, "points");
    }

    private sealed class Faults
    {
        public Dictionary<string, string> ByField { get; } = [];

        public void Range(string field, int value, int least, int most, string unit)
        {
            if (value < least || value > most)
                ByField[field] = $"Choose between {least} and {most} {unit}.";
        }
    }
}

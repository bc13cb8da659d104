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
        faults.Range("DecryptOnlyHours", settings.DecryptOnlyHours, 0, TenantPolicy.LongestDecryptOnlyHours, PolicyErrorTexts.Hours);
        Check(settings.Sessions, faults);
        Check(settings.Risk, faults);
        Check(settings.Rotation, faults);
        CheckHistory(settings.LoginHistoryDays, faults);
        return faults.AsError();
    }

    /// <summary>The same for a part alone, as previews need it.</summary>
    public static Error? Check(SessionLimits sessions) => Check(faults => Check(sessions, faults));

    /// <inheritdoc cref="Check(SessionLimits)"/>
    public static Error? Check(RiskPolicy risk) => Check(faults => Check(risk, faults));

    /// <inheritdoc cref="Check(SessionLimits)"/>
    public static Error? Check(RotationPolicy rotation) => Check(faults => Check(rotation, faults));

    /// <inheritdoc cref="Check(SessionLimits)"/>
    public static Error? CheckHistory(int days) => Check(faults => CheckHistory(days, faults));

    private static Error? Check(Action<Faults> check)
    {
        var faults = new Faults();
        check(faults);
        return faults.AsError();
    }

    private static void Check(SessionLimits sessions, Faults faults)
    {
        faults.Range(
            "SessionIdleMinutes", sessions.IdleMinutes, SessionLimits.ShortestIdleMinutes, SessionLimits.LongestIdleMinutes, PolicyErrorTexts.Minutes);
        faults.Range("SessionHours", sessions.Hours, SessionLimits.ShortestHours, SessionLimits.LongestHours, PolicyErrorTexts.Hours);
    }

    private static void Check(RotationPolicy rotation, Faults faults)
    {
        faults.Range("RotateDevelopmentDays", rotation.DevelopmentDays, ShortestRotationDays, LongestRotationDays, PolicyErrorTexts.Days);
        faults.Range("RotateStagingDays", rotation.StagingDays, ShortestRotationDays, LongestRotationDays, PolicyErrorTexts.Days);
        faults.Range("RotateProductionDays", rotation.ProductionDays, ShortestRotationDays, LongestRotationDays, PolicyErrorTexts.Days);
        faults.Range("RotateEncryptionKeyDays", rotation.EncryptionKeyDays, ShortestRotationDays, LongestRotationDays, PolicyErrorTexts.Days);
    }

    private static void CheckHistory(int days, Faults faults) =>
        faults.Range("LoginHistoryDays", days, ShortestHistoryDays, LongestHistoryDays, PolicyErrorTexts.Days);

    private static void Check(RiskPolicy risk, Faults faults)
    {
        faults.Range("RiskMedium", risk.Medium, 1, RiskPolicy.HighestScore - 1, PolicyErrorTexts.Points);
        faults.Range("RiskHigh", risk.High, 2, RiskPolicy.HighestScore, PolicyErrorTexts.Points);
        if (!faults.Has("RiskMedium") && !faults.Has("RiskHigh") && risk.High <= risk.Medium)
            faults.Add("RiskHigh", Texts.Format(PolicyErrorTexts.HighAboveMedium, risk.Medium + 1, RiskPolicy.HighestScore));
        foreach (var reason in RiskPolicy.Reasons)
            faults.Range(FieldOf(reason), risk.Weights.GetValueOrDefault(reason, -1), 0, RiskPolicy.HighestScore, PolicyErrorTexts.Points);
    }

    private sealed class Faults
    {
        private readonly Dictionary<string, string> _byField = [];

        public bool Has(string field) => _byField.ContainsKey(field);

        public void Add(string field, string message) => _byField[field] = message;

        public void Range(string field, int value, int least, int most, string unit)
        {
            if (value < least || value > most)
                Add(field, Texts.Format(PolicyErrorTexts.Range, least, most, unit));
        }

        public Error? AsError() => _byField.Count == 0 ? null : Error.Invalid(_byField);
    }
}

using FinConsole.Core.AuditLog;

namespace FinConsole.Core.Policies;

/// <summary>Writes down what a change of policy changes, each figure with its value before and after.</summary>
internal static class PolicyChange
{
    public static AuditDetails Describe(PolicySettings before, PolicySettings after)
    {
        var (oldWeights, newWeights) = DifferingWeights(before.Risk, after.Risk);
        return new AuditDetails()
            .Change(AuditField.RequireMfa, before.RequireMfa, after.RequireMfa)
            .Change(AuditField.SessionIdleMinutes, before.Sessions.IdleMinutes, after.Sessions.IdleMinutes)
            .Change(AuditField.SessionHours, before.Sessions.Hours, after.Sessions.Hours)
            .Change(AuditField.RiskMedium, before.Risk.Medium, after.Risk.Medium)
            .Change(AuditField.RiskHigh, before.Risk.High, after.Risk.High)
            .Change(AuditField.RiskWeights, oldWeights, newWeights)
            .Change(AuditField.RotateDevelopmentDays, before.Rotation.DevelopmentDays, after.Rotation.DevelopmentDays)
            .Change(AuditField.RotateStagingDays, before.Rotation.StagingDays, after.Rotation.StagingDays)
            .Change(AuditField.RotateProductionDays, before.Rotation.ProductionDays, after.Rotation.ProductionDays)
            .Change(AuditField.RotateEncryptionKeyDays, before.Rotation.EncryptionKeyDays, after.Rotation.EncryptionKeyDays)
            .Change(AuditField.DecryptOnlyHours, before.DecryptOnlyHours, after.DecryptOnlyHours)
            .Change(AuditField.PrivateKeyExport, before.PrivateKeyExport, after.PrivateKeyExport)
            .Change(AuditField.AllowMgf1Sha1, before.AllowMgf1Sha1, after.AllowMgf1Sha1)
            .Change(AuditField.RequireEncryptedSecrets, before.RequireEncryptedSecrets, after.RequireEncryptedSecrets)
            .Change(AuditField.LoginHistoryDays, before.LoginHistoryDays, after.LoginHistoryDays);
    }

    // Of ten weights only those that differ: the entry is to be read, not compared.
    private static (List<string> Before, List<string> After) DifferingWeights(RiskPolicy before, RiskPolicy after)
    {
        var differing = RiskPolicy.Reasons.Where(reason => before.Weights[reason] != after.Weights[reason]).ToList();
        return ([.. differing.Select(reason => $"{reason} {before.Weights[reason]}")], [.. differing.Select(reason => $"{reason} {after.Weights[reason]}")]);
    }
}

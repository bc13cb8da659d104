using FinConsole.Core.Members;

namespace FinConsole.Core.Policies;

/// <summary>What a tenant has decided; equal to another that says the same.</summary>
/// <param name="RequireMfa">Members without a second factor may do nothing but set one up.</param>
/// <param name="DecryptOnlyHours">0 to 24.</param>
/// <param name="PrivateKeyExport">Whether an admin may take the private key out.</param>
/// <param name="Sessions">How long a sign-in lasts: 5 to 60 minutes without activity, 1 to 24 hours at most.</param>
/// <param name="Risk">How suspicious sign-ins are told.</param>
/// <param name="Rotation">From which age on tokens and keys are overdue; 1 to 730 days each.</param>
/// <param name="LoginHistoryDays">For how long login history is kept; 30 to 3650 days.</param>
/// <param name="AllowMgf1Sha1">Whether payloads that clients padded with MGF1-SHA-1 (Java's default) are decrypted.</param>
/// <param name="RequireEncryptedSecrets">Whether programs have to encrypt the passwords and codes that they send with the tenant's key.</param>
public sealed record PolicySettings(
    bool RequireMfa, int DecryptOnlyHours, bool PrivateKeyExport, SessionLimits Sessions, RiskPolicy Risk, RotationPolicy Rotation, int LoginHistoryDays,
    bool AllowMgf1Sha1 = false, bool RequireEncryptedSecrets = false)
{
    /// <summary>What holds until a tenant decides something else.</summary>
    public static readonly PolicySettings Default = new(
        RequireMfa: false, DecryptOnlyHours: 0, PrivateKeyExport: true, SessionLimits.Default, RiskPolicy.Default, RotationPolicy.Default, TenantPolicy.DefaultLoginHistoryDays);

    internal static PolicySettings Of(bool requireMfa, SessionLimits sessions, TenantPolicy policy) =>
        new(
            requireMfa, policy.DecryptOnlyHours, policy.PrivateKeyExport, sessions, policy.Risk, policy.Rotation, policy.LoginHistoryDays, policy.AllowMgf1Sha1,
            policy.RequireEncryptedSecrets);
}

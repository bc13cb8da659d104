namespace FinConsole.Core.Policies;

/// <summary>
/// After how many days a token is overdue for rotation (fincept-security-best-practices, "Rotate API Keys"), and an RSA pair: at most a
/// year, the shorter end of NIST SP 800-57 part 1, table 1, for key-transport keys.
/// </summary>
public sealed record RotationPolicy(int DevelopmentDays, int StagingDays, int ProductionDays, int EncryptionKeyDays)
{
    public static readonly RotationPolicy Default = new(DevelopmentDays: 180, StagingDays: 180, ProductionDays: 90, EncryptionKeyDays: 365);
}

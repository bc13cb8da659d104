namespace FinConsole.Core.Policies;

/// <summary>After how many days a token is overdue for rotation (fincept-security-best-practices, "Rotate API Keys").</summary>
public sealed record RotationPolicy(int DevelopmentDays, int StagingDays, int ProductionDays)
{
    public static readonly RotationPolicy Default = new(DevelopmentDays: 180, StagingDays: 180, ProductionDays: 90);
}

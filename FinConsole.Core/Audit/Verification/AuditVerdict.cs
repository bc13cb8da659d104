using FinConsole.Core.AuditLog.Chain;

namespace FinConsole.Core.Audit.Verification;

/// <summary>What a verification found.</summary>
/// <param name="Entries">How many entries were recomputed.</param>
/// <param name="Fault">The first thing that is wrong; null for an intact chain.</param>
public sealed record AuditVerdict(long Entries, AuditFault? Fault)
{
    public bool Intact => Fault is null;
}

/// <summary>How far a verification is.</summary>
/// <param name="Entries">How many entries were recomputed.</param>
/// <param name="Size">How many there are.</param>
public readonly record struct VerifiedSoFar(long Entries, long Size);

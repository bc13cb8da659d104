using FinConsole.Core.Common;

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

/// <summary>The first bad place of a chain.</summary>
/// <param name="Sequence">The entry that is wrong or missing.</param>
/// <param name="Kind">How it is wrong.</param>
public sealed record AuditFault(long Sequence, AuditFaultKind Kind)
{
    /// <summary>The fault in one sentence.</summary>
    public string Describe() => Kind switch
    {
        AuditFaultKind.Missing => Texts.Format(AuditFaultTexts.Missing, Sequence),
        AuditFaultKind.Altered => Texts.Format(AuditFaultTexts.Altered, Sequence),
        AuditFaultKind.Forged => Texts.Format(AuditFaultTexts.Forged, Sequence),
        AuditFaultKind.TailCut => Texts.Format(AuditFaultTexts.TailCut, Sequence),
        AuditFaultKind.BeyondEnd => Texts.Format(AuditFaultTexts.BeyondEnd, Sequence),
        AuditFaultKind.HeadForged => Texts.Format(AuditFaultTexts.HeadForged, Sequence),
        AuditFaultKind.CheckpointForeign => AuditFaultTexts.CheckpointForeign,
        AuditFaultKind.CheckpointContradicted => Texts.Format(AuditFaultTexts.CheckpointContradicted, Sequence),
        AuditFaultKind.NotAnEntry => Texts.Format(AuditFaultTexts.NotAnEntry, Sequence),
        AuditFaultKind.ForeignEntry => Texts.Format(AuditFaultTexts.ForeignEntry, Sequence),
    };
}

public enum AuditFaultKind
{
    Missing,
    Altered,
    Forged,
    TailCut,
    BeyondEnd,
    HeadForged,
    CheckpointForeign,
    CheckpointContradicted,

    /// <summary>Of exports alone.</summary>
    NotAnEntry,

    /// <summary>Of exports alone.</summary>
    ForeignEntry,
}

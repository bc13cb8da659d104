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
        AuditFaultKind.Missing => $"Entry {Sequence} is missing.",
        AuditFaultKind.Altered => $"Entry {Sequence} does not match its link: it, or the one before it, was altered.",
        AuditFaultKind.Forged => $"Entry {Sequence} bears a link that was not made by this program.",
        AuditFaultKind.TailCut => $"The log should go on to entry {Sequence}: its tail was cut off.",
        AuditFaultKind.BeyondEnd => $"Entry {Sequence} lies beyond the end of the log: it was not written by this program.",
        AuditFaultKind.HeadForged => $"The end of the log, at entry {Sequence}, was not written by this program.",
        AuditFaultKind.CheckpointForeign => "The checkpoint is not signed by this installation, or belongs to another tenant.",
        AuditFaultKind.CheckpointContradicted => $"Entry {Sequence} is not the one that the checkpoint saw: the past was rewritten.",
        AuditFaultKind.NotAnEntry => $"What should be entry {Sequence} is no line of a full export.",
        AuditFaultKind.ForeignEntry => $"Entry {Sequence} is another tenant’s.",
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

using System.Security.Cryptography;
using FinConsole.Core.Audit.Checkpoints;
using FinConsole.Core.AuditLog;
using FinConsole.Core.AuditLog.Chain;

namespace FinConsole.Core.Audit.Verification;

/// <summary>
/// Walks a chain entry by entry, in order of sequence, and stops at the first that is wrong. Without the key, offline, it looks at links
/// alone: then only a checkpoint says whose they are.
/// </summary>
internal sealed class ChainWalk(AuditChain? chain, AuditCheckpoint? checkpoint, AuditAnchor? anchor = null)
{
    private byte[] _link = AuditChain.Origin;

    public long Entries { get; private set; }

    /// <summary>The fault of this entry, or null when it follows its predecessor.</summary>
    public AuditFault? Step(AuditEntry entry)
    {
        var expected = Entries + 1;
        if (entry.Sequence != expected)
            return entry.Sequence > expected ? new AuditFault(expected, AuditFaultKind.Missing) : FaultOfEarlier(entry.Sequence);
        if (!CryptographicOperations.FixedTimeEquals(AuditChain.LinkOf(_link, entry), entry.Link))
            return new AuditFault(expected, AuditFaultKind.Altered);
        if (chain is not null && !CryptographicOperations.FixedTimeEquals(chain.TagOf(entry.Link), entry.Tag))
            return new AuditFault(expected, AuditFaultKind.Forged);
        if (checkpoint?.Size == expected && checkpoint.Head != Convert.ToHexStringLower(entry.Link))
            return new AuditFault(expected, AuditFaultKind.CheckpointContradicted);
        if (anchor?.Size == expected && !anchor.Link.AsSpan().SequenceEqual(entry.Link))
            return new AuditFault(expected, AuditFaultKind.AnchorContradicted);

        _link = entry.Link;
        Entries = expected;
        return null;
    }

    /// <summary>The fault of an exported chain's end, or null when it reaches the checkpoint.</summary>
    public AuditFault? FinishExport() => checkpoint is not null && Entries < checkpoint.Size
        ? new AuditFault(checkpoint.Size, AuditFaultKind.TailCut) : null;

    /// <summary>The fault of the chain's end, or null when head, checkpoint and anchor agree with the last entry.</summary>
    public AuditFault? Finish(AuditHead? head)
    {
        if (FinishExport() is { } cut)
            return cut;
        if (head is null && Entries == 0)
            return new AuditFault(0, AuditFaultKind.ChainMissing);
        if (head is null || chain is null || !chain.IsGenuine(head))
            return new AuditFault(head?.Size ?? Entries, AuditFaultKind.HeadForged);
        if (head.Size > Entries)
            return new AuditFault(head.Size, AuditFaultKind.TailCut);
        if (anchor?.Size > Entries)
            return new AuditFault(anchor.Size, AuditFaultKind.TailCut);
        return head.Size == Entries && CryptographicOperations.FixedTimeEquals(head.Link, _link)
            ? null
            : new AuditFault(Entries, AuditFaultKind.HeadForged);
    }

    // Offline a line that comes twice or too early is in the place of the one that should be there.
    private AuditFault FaultOfEarlier(long sequence) => chain is null
        ? new AuditFault(Entries + 1, AuditFaultKind.Missing)
        : sequence >= 1 ? new AuditFault(sequence, AuditFaultKind.Duplicate) : new AuditFault(Entries, AuditFaultKind.OutOfPlace);
}

using System.Buffers;
using System.IO.Pipelines;
using FinConsole.Core.Audit.Checkpoints;
using FinConsole.Core.Audit.Verification;

namespace FinConsole.Core.Audit.Export;

/// <summary>
/// Verifies a full export against a checkpoint that was kept elsewhere: no database, no key but the public one that signed the checkpoint.
/// Up to the checkpoint nothing can be edited, dropped, moved or slipped in; what follows it hangs together, but nobody has signed for it.
/// </summary>
public static class ExportVerifier
{
    private const int LongestLine = 1024 * 1024;

    /// <param name="export">NDJSON, read once.</param>
    /// <param name="checkpoint">Of the same tenant.</param>
    /// <param name="publicKey">SubjectPublicKeyInfo, DER. From elsewhere than the checkpoint, or it proves nothing.</param>
    /// <param name="cancellationToken">Stops between lines.</param>
    public static async Task<AuditVerdict> VerifyAsync(Stream export, AuditCheckpoint checkpoint, byte[] publicKey, CancellationToken cancellationToken)
    {
        if (!CheckpointSigner.IsSignedBy(checkpoint, publicKey))
            return new AuditVerdict(0, new AuditFault(0, AuditFaultKind.CheckpointForeign));

        var walk = new ChainWalk(null, checkpoint);
        var reader = PipeReader.Create(export, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true));
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            var rest = read.Buffer;
            while (TryCutLine(ref rest, read.IsCompleted, out var line))
            {
                if (Step(walk, line, checkpoint.TenantId) is { } fault)
                    return new AuditVerdict(walk.Entries, fault);
            }

            if (rest.Length > LongestLine)
                return new AuditVerdict(walk.Entries, new AuditFault(walk.Entries + 1, AuditFaultKind.NotAnEntry));
            if (read.IsCompleted)
                return new AuditVerdict(walk.Entries, walk.FinishExport());
            reader.AdvanceTo(rest.Start, rest.End);
        }
    }

    private static AuditFault? Step(ChainWalk walk, ReadOnlySequence<byte> line, Guid tenantId)
    {
        var bytes = line.IsSingleSegment ? line.FirstSpan : line.ToArray();
        if (walk.Entries == 0 && bytes.StartsWith("\uFEFF"u8))
            bytes = bytes[3..];
        if (bytes.Trim(" \t\r"u8).IsEmpty)
            return null;
        if (AuditExportLine.Read(bytes) is not { } entry)
            return new AuditFault(walk.Entries + 1, AuditFaultKind.NotAnEntry);
        return entry.TenantId == tenantId ? walk.Step(entry) : new AuditFault(walk.Entries + 1, AuditFaultKind.ForeignEntry);
    }

    private static bool TryCutLine(ref ReadOnlySequence<byte> rest, bool last, out ReadOnlySequence<byte> line)
    {
        if (rest.PositionOf((byte)'\n') is { } end)
        {
            line = rest.Slice(0, end);
            rest = rest.Slice(rest.GetPosition(1, end));
            return true;
        }

        line = rest;
        if (!last || rest.IsEmpty)
            return false;
        rest = rest.Slice(rest.End);
        return true;
    }
}

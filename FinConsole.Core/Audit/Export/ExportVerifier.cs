using System.Buffers;
using System.IO.Pipelines;
using FinConsole.Core.Audit.Checkpoints;
using FinConsole.Core.Audit.Verification;
using FinConsole.Core.AuditLog.Chain;

namespace FinConsole.Core.Audit.Export;

/// <summary>
/// Verifies a full export against a checkpoint that was kept elsewhere: no database, no key but the public one that signed the checkpoint.
/// Up to the checkpoint nothing can be edited, dropped, moved or slipped in; what follows it hangs together, but nobody has signed for it.
/// The file is the export to the last byte: other line ends, a byte order mark, blank lines and other spellings are reported as such.
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
        if (bytes is not [.. var text, (byte)'\n'] || AuditExportLine.Read(text) is not { } entry)
            return new AuditFault(walk.Entries + 1, FaultOf(bytes));
        if (entry.TenantId != tenantId)
            return new AuditFault(walk.Entries + 1, AuditFaultKind.ForeignEntry);
        return walk.Step(entry) ?? (AuditExportLine.IsOf(entry, text) ? null : new AuditFault(walk.Entries, AuditFaultKind.NotAsExported));
    }

    // What a transfer or an editor left around an entry is told from what is no entry at all.
    private static AuditFaultKind FaultOf(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith("\uFEFF"u8))
            line = line[3..];
        return AuditExportLine.Read(line.Trim(" \t\r\n"u8)) is null ? AuditFaultKind.NotAnEntry : AuditFaultKind.NotAsExported;
    }

    // With its end; the last one may lack it.
    private static bool TryCutLine(ref ReadOnlySequence<byte> rest, bool last, out ReadOnlySequence<byte> line)
    {
        if (rest.PositionOf((byte)'\n') is { } end)
        {
            var next = rest.GetPosition(1, end);
            line = rest.Slice(0, next);
            rest = rest.Slice(next);
            return true;
        }

        line = rest;
        if (!last || rest.IsEmpty)
            return false;
        rest = rest.Slice(rest.End);
        return true;
    }
}

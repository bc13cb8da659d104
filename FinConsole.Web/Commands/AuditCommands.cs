using System.CommandLine;
using System.Runtime.CompilerServices;
using FinConsole.Core.Audit.Checkpoints;
using FinConsole.Core.Audit.Verification;
using FinConsole.Core.Audit.Verification.Schema;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Web.Hosting.Configuration;

namespace FinConsole.Web.Commands;

/// <summary><c>audit</c>: what works on the database; the rest is in <see cref="AuditExportCommands"/>.</summary>
internal static class AuditCommands
{
    public static Command Make() => new("audit", CommandTexts.Audit) { MakeVerify(), MakeCheckpoint(), AuditExportCommands.MakeVerifyExport(), AuditExportCommands.MakePublicKey() };

    private static Command MakeVerify()
    {
        var tenant = new Option<string?>("--tenant") { Description = CommandTexts.VerifyTenant };
        var checkpoint = new Option<string?>("--checkpoint") { Description = CommandTexts.VerifyCheckpoint };
        var command = new Command("verify", CommandTexts.Verify) { tenant, checkpoint };
        command.SetAction((parsed, cancellationToken) => VerifyAsync(parsed.GetValue(tenant), parsed.GetValue(checkpoint), cancellationToken));
        return command;
    }

    private static Command MakeCheckpoint()
    {
        var tenant = new Option<string>("--tenant") { Description = CommandTexts.CheckpointTenant, Required = true };
        var file = new Option<string>("--out") { Description = CommandTexts.CheckpointFile, Required = true };
        var command = new Command("checkpoint", CommandTexts.Checkpoint) { tenant, file };
        command.SetAction((parsed, cancellationToken) => CheckpointAsync(parsed.GetRequiredValue(tenant), parsed.GetRequiredValue(file), cancellationToken));
        return command;
    }

    private static async Task<int> VerifyAsync(string? tenant, string? checkpointFile, CancellationToken cancellationToken)
    {
        var checkpoint = checkpointFile is null ? null : await ReadCheckpointAsync(CommandHost.Resolve(checkpointFile), cancellationToken);
        await using var services = CommandHost.Start();
        if (await services.GetRequiredService<DatabaseMigration>().IsDueAsync(cancellationToken))
            throw new StartRefusedException(CommandTexts.SchemaOlder);
        if (checkpoint is not null && (await FindOwnersAsync(services, tenant, cancellationToken)).All(owner => owner.TenantId != checkpoint.TenantId))
            throw new StartRefusedException(CommandTexts.CheckpointOfNone);

        var broken = false;
        await foreach (var report in VerifyAsync(services, tenant, checkpoint, cancellationToken))
        {
            broken |= !report.Verdict.Intact;
            await Console.Out.WriteLineAsync(report.Verdict.Fault is { } fault
                ? Texts.Format(CommandTexts.Broken, report.Name, fault.Describe())
                : Texts.Format(report.Checked ? CommandTexts.IntactWithCheckpoint : CommandTexts.Intact, report.Name, report.Verdict.Entries));
        }

        if (!services.GetRequiredService<CompareAuditSchema>().Compares)
            await Console.Out.WriteLineAsync(Texts.Format(CommandTexts.TablesNotCompared, CompareAuditSchema.Name));
        return broken ? 1 : 0;
    }

    private static async IAsyncEnumerable<ChainReport> VerifyAsync(IServiceProvider services, string? tenant, AuditCheckpoint? checkpoint, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (tenant is null)
        {
            await foreach (var report in services.GetRequiredService<VerifyEveryChain>().HandleAsync(checkpoint, cancellationToken))
                yield return report;
            yield break;
        }

        foreach (var fault in await services.GetRequiredService<CompareAuditSchema>().HandleAsync(cancellationToken) ?? [])
            yield return new ChainReport(CompareAuditSchema.Name, false, new AuditVerdict(0, fault));
        if (await services.GetRequiredService<PepperNote>().FindFaultAsync(cancellationToken) is { } otherPepper)
            yield return new ChainReport(PepperNote.Name, false, new AuditVerdict(0, otherPepper));
        await foreach (var foreign in services.GetRequiredService<SealedRows>().FindFaultsAsync(cancellationToken))
            yield return foreign;
        foreach (var owner in await FindOwnersAsync(services, tenant, cancellationToken))
        {
            var mine = checkpoint?.TenantId == owner.TenantId ? checkpoint : null;
            yield return new ChainReport(owner.Name, mine is not null, await services.GetRequiredService<ChainVerifier>().VerifyAsync(owner.TenantId, mine, progress: null, cancellationToken));
        }
    }

    private static async Task<int> CheckpointAsync(string tenant, string file, CancellationToken cancellationToken)
    {
        await using var services = CommandHost.Start();
        // A checkpoint of another log than the one that was meant would be kept for nothing.
        var owners = await FindOwnersAsync(services, tenant, cancellationToken);
        if (owners is not [var owner])
            throw new StartRefusedException(Texts.Format(CommandTexts.SeveralLogs, tenant, string.Join(", ", owners.Select(each => each.TenantId))));
        var path = CommandHost.ResolveNew(file);
        await using var draft = new DraftFile(path);
        var made = await services.GetRequiredService<MakeAuditCheckpoint>().HandleAsync(Actor.System(owner.TenantId, "command line"), cancellationToken);
        if (!made.Succeeded)
            throw new StartRefusedException(made.Error.Message);

        await draft.CompleteAsync(made.Value.ToJson() + Environment.NewLine, cancellationToken);
        await Console.Out.WriteLineAsync(Texts.Format(CommandTexts.CheckpointMade, owner.Name, made.Value.Size, path));
        return 0;
    }

    private static async Task<IReadOnlyList<ChainOwner>> FindOwnersAsync(IServiceProvider services, string? tenant, CancellationToken cancellationToken)
    {
        var all = await services.GetRequiredService<ListChains>().HandleAsync(cancellationToken);
        if (tenant is null)
            return all;
        var named = all.Where(owner => owner.IsNamed(tenant.Trim()) || owner.TenantId.ToString("D") == tenant).ToList();
        return named.Count > 0 ? named : throw new StartRefusedException(Texts.Format(CommandTexts.NoSuchTenant, tenant));
    }

    internal static async Task<AuditCheckpoint> ReadCheckpointAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            throw new StartRefusedException(Texts.Format(CommandTexts.NoSuchFile, path));
        return AuditCheckpoint.Parse(await File.ReadAllTextAsync(path, cancellationToken))
            ?? throw new StartRefusedException(Texts.Format(CommandTexts.NotACheckpoint, path));
    }
}

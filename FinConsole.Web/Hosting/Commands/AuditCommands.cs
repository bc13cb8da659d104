using System.CommandLine;
using FinConsole.Core.Audit.Checkpoints;
using FinConsole.Core.Audit.Verification;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Web.Hosting.Configuration;

namespace FinConsole.Web.Hosting.Commands;

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
        var owners = await FindOwnersAsync(services, tenant, cancellationToken);
        if (checkpoint is not null && owners.All(owner => owner.TenantId != checkpoint.TenantId))
            throw new StartRefusedException(CommandTexts.CheckpointOfNone);

        var verifier = services.GetRequiredService<ChainVerifier>();
        var broken = false;
        foreach (var owner in owners)
        {
            var mine = checkpoint?.TenantId == owner.TenantId ? checkpoint : null;
            var verdict = await verifier.VerifyAsync(owner.TenantId, mine, progress: null, cancellationToken);
            broken |= !verdict.Intact;
            await Console.Out.WriteLineAsync(verdict.Fault is { } fault
                ? Texts.Format(CommandTexts.Broken, owner.Name, fault.Describe())
                : Texts.Format(mine is null ? CommandTexts.Intact : CommandTexts.IntactWithCheckpoint, owner.Name, verdict.Entries));
        }

        return broken ? 1 : 0;
    }

    private static async Task<int> CheckpointAsync(string tenant, string file, CancellationToken cancellationToken)
    {
        await using var services = CommandHost.Start();
        var owner = (await FindOwnersAsync(services, tenant, cancellationToken))[0];
        var made = await services.GetRequiredService<MakeAuditCheckpoint>().HandleAsync(Actor.System(owner.TenantId, "command line"), cancellationToken);
        if (!made.Succeeded)
            throw new StartRefusedException(made.Error.Message);

        var path = CommandHost.ResolveNew(file);
        await File.WriteAllTextAsync(path, made.Value.ToJson() + Environment.NewLine, cancellationToken);
        await Console.Out.WriteLineAsync(Texts.Format(CommandTexts.CheckpointMade, owner.Name, made.Value.Size, path));
        return 0;
    }

    private static async Task<IReadOnlyList<ChainOwner>> FindOwnersAsync(IServiceProvider services, string? tenant, CancellationToken cancellationToken)
    {
        var all = await services.GetRequiredService<ListChains>().HandleAsync(cancellationToken);
        if (tenant is null)
            return all;
        var named = all.Where(owner => string.Equals(owner.Name, tenant.Trim(), StringComparison.OrdinalIgnoreCase) || owner.TenantId.ToString("D") == tenant).ToList();
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

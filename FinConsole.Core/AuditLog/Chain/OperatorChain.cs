using System.Data.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Data.KeyRing;
using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.AuditLog.Chain;

/// <summary>
/// The beginning of an installation's audit: the operator's own log and the register of all logs. Tenants get theirs when they are founded;
/// nobody founds the operator, and the tags need the pepper, which no migration has, so every start and every command makes sure of it.
/// It is made once, on a database that holds nothing else, together with the note of the pepper. In a database that is in use nothing
/// is made anew: what is missing there was removed, and verification says so.
/// </summary>
public sealed class OperatorChain(
    ConsoleDb db, WriteQueue queue, Pepper pepper, AuditChain chain, ChainRegister register, RegisterUpgrade upgrade, KeyRingAdoption keyRing,
    TimeProvider time)
{
    /// <summary>What lists of chains call it.</summary>
    public const string Name = ReservedNames.Operator;

    // What a database may hold before it is in use.
    private static readonly string[] MadeByItself = ["InstanceFacts", "KeyRing", "Leases", "Counters"];

    /// <exception cref="InstallationDamagedException">
    /// The database is in use, and its note of the pepper was removed; or the database does not keep what is written to it.
    /// </exception>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        try
        {
            await BeginOrUpgradeAsync(cancellationToken);
        }
        catch (AuditChainBrokenException broken)
        {
            throw new InstallationDamagedException(broken.Message);
        }
    }

    private async Task BeginOrUpgradeAsync(CancellationToken cancellationToken)
    {
        await using var context = db.OpenForOperator();
        var facts = context.Set<InstanceFact>().Where(fact => fact.Name == InstanceFact.PepperFingerprint);
        var known = await facts.AsNoTracking().Select(fact => fact.Value).SingleOrDefaultAsync(cancellationToken);
        if (known is not null && known != pepper.FingerprintBeforeRegister && known != pepper.FingerprintBeforeRingSeals)
            return;

        using var turn = await queue.EnterAsync(context.Dialect, cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (known is null)
        {
            if (!await TryBeginAsync(context, cancellationToken))
                return;
        }
        else if (await facts.Where(fact => fact.Value == known)
            .ExecuteUpdateAsync(set => set.SetProperty(fact => fact.Value, pepper.Fingerprint), cancellationToken) == 1)
        {
            await UpgradeAsync(context, known, cancellationToken);
        }

        if (!await facts.AnyAsync(fact => fact.Value == pepper.Fingerprint, cancellationToken))
            throw new InstallationDamagedException(AuditChainTexts.NoteNotWritten);
        await transaction.CommitAsync(cancellationToken);
    }

    // The register says whether the key ring is from before its rows were sealed: the note alone could be set back, and a row of somebody
    // else's be taken over.
    private async Task UpgradeAsync(ConsoleDbContext context, string from, CancellationToken cancellationToken)
    {
        if (from == pepper.FingerprintBeforeRegister)
        {
            if (await upgrade.RunAsync(context, cancellationToken))
                await keyRing.RunAsync(context, cancellationToken);
        }
        else if (!await register.RenewAsync(context, () => keyRing.RunAsync(context, cancellationToken), cancellationToken))
        {
            throw new InstallationDamagedException(AuditChainTexts.KeyRingNotAdopted);
        }
    }

    /// <summary>The head of a chain that begins.</summary>
    internal static AuditHead NewHead(AuditChain chain, Guid tenantId) =>
        new() { TenantId = tenantId, Size = 0, Link = AuditChain.Origin, Tag = chain.TagOfHead(tenantId, 0, AuditChain.Origin) };

    // The note is written first: of instances that start at one moment, one does the rest.
    private async Task<bool> TryBeginAsync(ConsoleDbContext context, CancellationToken cancellationToken)
    {
        context.Add(new InstanceFact { Name = InstanceFact.PepperFingerprint, Value = pepper.Fingerprint });
        try
        {
            await context.SaveKeptAsync(AuditChainTexts.NoteNotWritten, cancellationToken);
        }
        catch (DbUpdateException failure) when (failure.InnerException is DbException inner && context.Dialect.IsUniqueViolation(inner))
        {
            return false;
        }

        if (await IsInUseAsync(context, cancellationToken))
            throw new InstallationDamagedException(AuditChainTexts.PepperNoteMissing);

        context.Add(NewHead(chain, Tenant.Operator));
        var anchor = new AuditAnchor
        {
            TenantId = Tenant.Operator,
            Number = 1,
            Name = Name,
            CreatedAt = time.GetUtcNow(),
            Size = 0,
            Link = AuditChain.Origin
        };
        await register.BeginAsync(context, [anchor], cancellationToken);
        if (!await context.Set<AuditHead>().AnyAsync(cancellationToken))
            throw new InstallationDamagedException(AuditChainTexts.NoteNotWritten);
        return true;
    }

    private static async Task<bool> IsInUseAsync(ConsoleDbContext context, CancellationToken cancellationToken)
    {
        if (await context.Set<InstanceFact>().AnyAsync(fact => fact.Name != InstanceFact.PepperFingerprint, cancellationToken))
            return true;
        var tables = context.Model.GetEntityTypes().Select(type => type.GetTableName()).OfType<string>().Distinct().Except(MadeByItself);
        var queries = tables.Select(table => $"SELECT COUNT(*) FROM \"{table}\"");
        var counts = await context.ReadStoredAsync(string.Join(" UNION ALL ", queries), [], row => row.Raw(0), cancellationToken);
        return counts.Any(count => !count.EndsWith(" 0", StringComparison.Ordinal));
    }
}

using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.EncryptionKeys;

/// <summary>
/// Erases the private parts of keys whose decrypt-only window is over. Nothing depends on its punctuality: every use of a key asks
/// for the time itself.
/// </summary>
public sealed class KeySweep(ConsoleDb db, AuditedTransactions transactions, TimeProvider time)
{
    private const int MostAtOnce = 100;

    /// <summary>Erases what is due; returns how many keys that were.</summary>
    /// <exception cref="AggregateException">Some could not be erased; the others are.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken) =>
        await RunEach.DoAsync(await FindDueAsync(cancellationToken), due => TryEraseAsync(due.Tenant, due.Key, cancellationToken));

    private async Task<bool> TryEraseAsync(Guid tenantId, Guid keyId, CancellationToken cancellationToken)
    {
        await using var transaction = await transactions.BeginUnguardedAsync(Actor.System(tenantId, "key sweep"), cancellationToken);
        if (!await TryEraseAsync(transaction, keyId, cancellationToken))
            return false;
        transaction.Audit(AuditAction.EncryptionKeyErase, KeyFacts.Subject(keyId), new AuditDetails());
        transaction.Announce(ChangeKind.EncryptionKey, keyId);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static async Task<bool> TryEraseAsync(AuditedTransaction transaction, Guid keyId, CancellationToken cancellationToken) =>
        await transaction.Db.Set<EncryptionKey>()
            .Where(key => key.Id == keyId && key.EndedAt != null && key.PrivateKey != null && key.DecryptUntil <= transaction.Now)
            .ExecuteUpdateAsync(set => set.SetProperty(key => key.PrivateKey, (byte[]?)null), cancellationToken) == 1;

    private async Task<List<(Guid Tenant, Guid Key)>> FindDueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = db.OpenForOperator();
        var due = await context.Set<EncryptionKey>().IgnoreQueryFilters([ConsoleDbContext.TenantFilter])
            .Where(key => key.DecryptUntil <= now && key.PrivateKey != null)
            .OrderBy(key => key.DecryptUntil)
            .Select(key => new { key.TenantId, key.Id })
            .Take(MostAtOnce)
            .ToListAsync(cancellationToken);
        return [.. due.Select(row => (row.TenantId, row.Id))];
    }
}

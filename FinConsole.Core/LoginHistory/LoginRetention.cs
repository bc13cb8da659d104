using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.Policies;
using FinConsole.Core.Tenants;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace FinConsole.Core.LoginHistory;

/// <summary>
/// Deletes what is older than each tenant keeps of its login history, with what was noted beside it and what accounts were learnt to
/// do. In small batches, oldest first: broken off, the next run goes on where this one stopped. The audit log is kept.
/// </summary>
public sealed partial class LoginRetention(ConsoleDb db, WriteQueue queue, AuditedTransactions transactions, TimeProvider time, ILogger<LoginRetention> logger)
{
    /// <summary>How many rows a transaction deletes; a sign-in waits for one of them at most.</summary>
    public const int BatchSize = 500;

    /// <summary>The moment before which a history of so many days ends: the start of a UTC day, so that each tenant's log tells of it once a day.</summary>
    public static DateTimeOffset EndOfHistory(DateTimeOffset now, int days) => new(now.UtcDateTime.Date.AddDays(-days), TimeSpan.Zero);

    /// <summary>Deletes what is due in every tenant, and of the operator's own; answers in how many there was something.</summary>
    /// <param name="pause">Waited for between two batches, so that sign-ins are not held up.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    /// <exception cref="AggregateException">Some tenants failed; the others are done.</exception>
    public async Task<int> RunAsync(Func<CancellationToken, Task> pause, CancellationToken cancellationToken) =>
        await RunEach.DoAsync(await FindTenantsAsync(cancellationToken), tenant => PruneAsync(tenant.Id, tenant.Days, pause, cancellationToken));

    private async Task<List<(Guid Id, int Days)>> FindTenantsAsync(CancellationToken cancellationToken)
    {
        await using var context = db.OpenForOperator();
        var tenants = await (
            from tenant in context.Set<Tenant>()
            join policy in context.Set<TenantPolicy>().IgnoreQueryFilters([ConsoleDbContext.TenantFilter]) on tenant.Id equals policy.TenantId into policies
            from policy in policies.DefaultIfEmpty()
            orderby tenant.Id
            select new { tenant.Id, Days = policy == null ? TenantPolicy.DefaultLoginHistoryDays : policy.LoginHistoryDays }).ToListAsync(cancellationToken);
        return [(Tenant.Operator, TenantPolicy.DefaultLoginHistoryDays), .. tenants.Select(tenant => (tenant.Id, tenant.Days))];
    }

    private async Task<bool> PruneAsync(Guid tenantId, int days, Func<CancellationToken, Task> pause, CancellationToken cancellationToken)
    {
        var before = EndOfHistory(time.GetUtcNow(), days);
        await using var context = db.Open(tenantId);
        var due = await context.Set<LoginAttempt>().LongCountAsync(attempt => attempt.At < before, cancellationToken);
        if (due > 0)
        {
            // The operator has no audit log, only the program's.
            if (tenantId != Tenant.Operator)
                await BeginAsync(tenantId, before, due, cancellationToken);
            LogDeleting(due, tenantId, before);
            await RepeatAsync(context, () => DeleteAttemptsAsync(context, before, cancellationToken), pause, cancellationToken);
        }

        return await RepeatAsync(context, () => DeleteTraitsAsync(context, before, cancellationToken), pause, cancellationToken) || due > 0;
    }

    // The log says beforehand how much will go, in the transaction of the first batch: broken off, it has said too much and not too little.
    private async Task BeginAsync(Guid tenantId, DateTimeOffset before, long due, CancellationToken cancellationToken)
    {
        await using var transaction = await transactions.BeginUnguardedAsync(Actor.System(tenantId, "login retention"), cancellationToken);
        if (await DeleteAttemptsAsync(transaction.Db, before, cancellationToken) == 0)
            return;
        transaction.Audit(
            AuditAction.LoginPrune, new AuditSubject(AuditResource.LoginHistory, null, "Login history"),
            new AuditDetails().With(AuditField.Count, due).With(AuditField.Before, before));
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task<bool> RepeatAsync(ConsoleDbContext context, Func<Task<int>> deleteBatch, Func<CancellationToken, Task> pause, CancellationToken cancellationToken)
    {
        var any = false;
        while (true)
        {
            int deleted;
            using (await queue.EnterAsync(context.Dialect, cancellationToken))
            {
                await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
                deleted = await deleteBatch();
                await transaction.CommitAsync(cancellationToken);
            }

            if (deleted == 0)
                return any;
            any = true;
            await pause(cancellationToken);
        }
    }

    private static async Task<int> DeleteAttemptsAsync(ConsoleDbContext context, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var attempts = context.Set<LoginAttempt>();
        var ids = await attempts.Where(attempt => attempt.At < before).OrderBy(attempt => attempt.At).ThenBy(attempt => attempt.Id)
            .Select(attempt => attempt.Id).Take(BatchSize).ToListAsync(cancellationToken);
        if (ids.Count == 0)
            return 0;
        await context.Set<LoginNote>().Where(note => ids.Contains(note.AttemptId)).ExecuteDeleteAsync(cancellationToken);
        return await attempts.Where(attempt => ids.Contains(attempt.Id)).ExecuteDeleteAsync(cancellationToken);
    }

    private static async Task<int> DeleteTraitsAsync(ConsoleDbContext context, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var traits = context.Set<AccountTrait>();
        var times = await traits.Where(trait => trait.LastAt < before).OrderBy(trait => trait.LastAt)
            .Select(trait => trait.LastAt).Take(BatchSize).ToListAsync(cancellationToken);
        if (times.Count == 0)
            return 0;
        var newest = times[^1];
        return await traits.Where(trait => trait.LastAt <= newest).ExecuteDeleteAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Deleting {Count} lines of login history of tenant {TenantId}, older than {Before:O}")]
    private partial void LogDeleting(long count, Guid tenantId, DateTimeOffset before);
}

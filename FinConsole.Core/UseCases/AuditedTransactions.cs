using System.Collections.Concurrent;
using FinConsole.Core.Access;
using FinConsole.Core.AuditLog;
using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using Microsoft.Extensions.Logging;

namespace FinConsole.Core.UseCases;

/// <summary>Begins transactions for use cases, for those who may.</summary>
public sealed class AuditedTransactions
{
    private readonly ConsoleDb _db;
    private readonly WriteQueue _queue;
    private readonly AuditAppend _append;
    private readonly ChangeFeed _feed;
    private readonly TimeProvider _time;
    private readonly ILogger<AuditedTransactions> _logger;
    private readonly ConcurrentDictionary<Guid, GroupCommit<AuditDraft>> _refusals = new();

    public AuditedTransactions(ConsoleDb db, WriteQueue queue, AuditChain chain, ChainRegister register, ChangeFeed feed, TimeProvider time,
        ILogger<AuditedTransactions> logger)
    {
        (_db, _queue, _feed, _time, _logger) = (db, queue, feed, time, logger);
        _append = new AuditAppend(chain, register);
    }

    /// <summary>
    /// Begins a transaction for an actor who has the right, and gave the proof, at this moment. Refused, the attempt itself is written to the log under
    /// <paramref name="action"/>, with result failure.
    /// </summary>
    public async Task<Result<AuditedTransaction>> BeginAsync(Actor actor, Permission permission, AuditAction action, AuditSubject subject, CancellationToken cancellationToken, Proof proof = Proof.Session)
    {
        var transaction = await BeginUnguardedAsync(actor, cancellationToken);
        try
        {
            var refusal = await PermissionCheck.FindRefusalAsync(transaction.Db, actor, permission, proof, transaction.Now, cancellationToken);
            if (refusal is null)
                return transaction;
            await transaction.DisposeAsync();
            if (refusal.Kind == ErrorKind.Forbidden)
                await RefuseAsync(actor, permission, action, subject);
            return refusal;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Writes that an actor lacks a right, in one transaction with what else is refused to the tenant's actors at this moment. Nothing cancels
    /// it: who hangs up was refused all the same.
    /// </summary>
    internal Task RefuseAsync(Actor actor, Permission permission, AuditAction action, AuditSubject subject)
    {
        var refused = new AuditDraft(action, subject, AuditResult.Failure, new AuditDetails().With(AuditField.Right, permission), actor);
        return _refusals.GetOrAdd(actor.TenantId, _ => new GroupCommit<AuditDraft>(WriteAsync)).WriteAsync(refused, CancellationToken.None);
    }

    /// <summary>Begins a transaction whose right is not a member's: signing in, the program's sweeps, the operator.</summary>
    public async Task<AuditedTransaction> BeginUnguardedAsync(Actor actor, CancellationToken cancellationToken)
    {
        var context = _db.Open(actor.TenantId);
        IDisposable? turn = null;
        try
        {
            turn = await _queue.EnterAsync(context.Dialect, cancellationToken);
            var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            return new AuditedTransaction(context, transaction, turn, actor, _time.GetUtcNow(), _append, _feed, _logger);
        }
        catch
        {
            turn?.Dispose();
            await context.DisposeAsync();
            throw;
        }
    }

    private async Task WriteAsync(IReadOnlyList<AuditDraft> drafts)
    {
        await using var transaction = await BeginUnguardedAsync(drafts[0].Actor, CancellationToken.None);
        foreach (var draft in drafts)
            transaction.AuditOf(draft.Actor, draft.Action, draft.Subject, draft.Details, draft.Result);
        await transaction.CommitAsync(CancellationToken.None);
    }
}

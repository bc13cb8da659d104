using FinConsole.Core.Audit.Chain;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;

namespace FinConsole.Core.Audit;

/// <summary>Begins transactions for use cases, for those who may.</summary>
public sealed class AuditedTransactions
{
    private readonly ConsoleDb _db;
    private readonly WriteQueue _queue;
    private readonly AuditAppend _append;
    private readonly ChangeFeed _feed;
    private readonly TimeProvider _time;

    public AuditedTransactions(ConsoleDb db, WriteQueue queue, AuditChain chain, ChangeFeed feed, TimeProvider time)
    {
        (_db, _queue, _feed, _time) = (db, queue, feed, time);
        _append = new AuditAppend(chain);
    }

    /// <summary>
    /// Begins a transaction for an actor who has the right, and gave the proof, at this moment. Refused, the attempt itself is written to the log under
    /// <paramref name="action"/>, with result failure.
    /// </summary>
    public async Task<Result<AuditedTransaction>> BeginAsync(Actor actor, Right right, AuditAction action, AuditSubject subject, CancellationToken cancellationToken, Proof proof = Proof.Session)
    {
        var transaction = await BeginUnguardedAsync(actor, cancellationToken);
        try
        {
            var refusal = await RightsCheck.FindRefusalAsync(transaction.Db, actor, right, proof, transaction.Now, cancellationToken);
            if (refusal is null)
                return transaction;
            if (refusal.Kind == ErrorKind.Forbidden)
            {
                transaction.Audit(action, subject, new AuditDetails().With(AuditField.Right, right), AuditResult.Failure);
                await transaction.CommitAsync(cancellationToken);
            }

            await transaction.DisposeAsync();
            return refusal;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
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
            return new AuditedTransaction(context, transaction, turn, actor, _time.GetUtcNow(), _append, _feed);
        }
        catch
        {
            turn?.Dispose();
            await context.DisposeAsync();
            throw;
        }
    }
}

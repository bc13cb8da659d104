using System.Security.Cryptography;
using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.UseCases.Idempotency;

/// <summary>Lets what carries an <c>Idempotency-Key</c> happen once, however often, and however simultaneously, it is asked for.</summary>
public sealed class IdempotencyGuard(ConsoleDb db, WriteQueue queue, TimeProvider time)
{
    private readonly KeyedTurns<(Guid ActorId, string Key)> _turns = new();

    /// <summary>
    /// Does the work under the actor's key, unless it was done before. Requests of one key take turns, so that one that was sent twice does not
    /// see what its twin has half done: a name that is taken now, or a code that is spent. Between instances the record alone decides, and a
    /// refusal is looked at once more, since the twin may be its reason.
    /// </summary>
    /// <param name="actor">Whose permission was checked already: a repeat tells what was made.</param>
    internal async Task<Result<T>> RunAsync<T>(Actor actor, Func<Task<Result<T>>> work, CancellationToken cancellationToken)
    {
        if (actor.Idempotency is not { } idempotency)
            return await work();
        using var turn = await _turns.EnterAsync((actor.Id, idempotency.Key), cancellationToken);
        if (await FindRepeatAsync(actor, cancellationToken) is { } repeat)
            return repeat;
        var result = await work();
        if (result.Succeeded || result.Error.Kind == ErrorKind.Forbidden)
            return result;
        return await FindRepeatAsync(actor, cancellationToken) ?? result;
    }

    /// <summary>The refusal when the actor's key was used before; null when it is fresh, or there is none.</summary>
    private async Task<Error?> FindRepeatAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Idempotency is not { } idempotency)
            return null;
        var since = time.GetUtcNow() - IdempotencyRecord.Life;
        await using var context = db.Open(actor.TenantId);
        var known = await context.Set<IdempotencyRecord>().AsNoTracking()
            .SingleOrDefaultAsync(record => record.ActorId == actor.Id && record.Key == idempotency.Key && record.At > since, cancellationToken);
        if (known is null)
            return null;
        return CryptographicOperations.FixedTimeEquals(known.Fingerprint, idempotency.Fingerprint) ? IdempotencyErrors.Done(known.SubjectId) : IdempotencyErrors.Reused;
    }

    /// <summary>Adds the record to the transaction, which the next save writes; a save that fails on it is somebody else's doing, a moment ago.</summary>
    internal static async Task RememberAsync(AuditedTransaction transaction, Guid subjectId, CancellationToken cancellationToken)
    {
        if (transaction.Actor.Idempotency is not { } idempotency)
            return;
        var (actorId, until) = (transaction.Actor.Id, transaction.Now - IdempotencyRecord.Life);
        await transaction.Db.Set<IdempotencyRecord>().Where(record => record.ActorId == actorId && record.Key == idempotency.Key && record.At <= until).ExecuteDeleteAsync(cancellationToken);
        transaction.Remember(new IdempotencyRecord
        {
            TenantId = transaction.Actor.TenantId,
            ActorId = actorId,
            Key = idempotency.Key,
            Fingerprint = idempotency.Fingerprint,
            SubjectId = subjectId,
            At = transaction.Now,
        });
    }

    /// <summary>Reads the record back: without it a repeat would do everything once more.</summary>
    /// <exception cref="AuditChainBrokenException">The database does not hold it as it was written.</exception>
    internal static async Task ConfirmAsync(ConsoleDbContext context, IdempotencyRecord record, CancellationToken cancellationToken)
    {
        var stored = await context.Set<IdempotencyRecord>().AsNoTracking()
            .SingleOrDefaultAsync(row => row.ActorId == record.ActorId && row.Key == record.Key, cancellationToken);
        if (stored is null || stored.SubjectId != record.SubjectId || stored.At != record.At || !stored.Fingerprint.AsSpan().SequenceEqual(record.Fingerprint))
            throw new AuditChainBrokenException(Texts.Format(AuditChainTexts.RowNotWritten, record.TenantId.ToString("D")));
    }

    /// <summary>Forgets the keys of yesterday, of all tenants; returns how many.</summary>
    public async Task<int> PruneAsync(CancellationToken cancellationToken)
    {
        var until = time.GetUtcNow() - IdempotencyRecord.Life;
        await using var context = db.OpenForOperator();
        var old = context.Set<IdempotencyRecord>().IgnoreQueryFilters([ConsoleDbContext.TenantFilter]).Where(record => record.At <= until);
        if (!await old.AnyAsync(cancellationToken))
            return 0;
        using var turn = await queue.EnterAsync(context.Dialect, cancellationToken);
        return await old.ExecuteDeleteAsync(cancellationToken);
    }
}

/// <summary>Why a repeated key does nothing.</summary>
public static class IdempotencyErrors
{
    public static readonly Error Reused = new(ErrorKind.Conflict, "idempotency_key_reused", IdempotencyErrorTexts.Reused);

    /// <summary>api.md: the answer with the secret is not kept, so it cannot be given again.</summary>
    public static Error Done(Guid subjectId) => new(
        ErrorKind.Conflict, "secret_already_issued", IdempotencyErrorTexts.Done)
    {
        SubjectId = subjectId,
    };
}

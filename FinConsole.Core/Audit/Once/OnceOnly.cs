using System.Security.Cryptography;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Audit.Once;

/// <summary>Lets what bears an <c>Idempotency-Key</c> happen once, however often, and however simultaneously, it is asked for.</summary>
public sealed class OnceOnly(ConsoleDb db, WriteQueue queue, TimeProvider time)
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
        if (actor.Once is not { } once)
            return await work();
        using var turn = await _turns.EnterAsync((actor.Id, once.Key), cancellationToken);
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
        if (actor.Once is not { } once)
            return null;
        var since = time.GetUtcNow() - OnceRecord.Life;
        await using var context = db.Open(actor.TenantId);
        var known = await context.Set<OnceRecord>().AsNoTracking()
            .SingleOrDefaultAsync(record => record.ActorId == actor.Id && record.Key == once.Key && record.At > since, cancellationToken);
        if (known is null)
            return null;
        return CryptographicOperations.FixedTimeEquals(known.Fingerprint, once.Fingerprint) ? OnceErrors.Done(known.SubjectId) : OnceErrors.Reused;
    }

    /// <summary>Adds the record to the transaction, which the next save writes; a save that fails on it is somebody else's doing, a moment ago.</summary>
    internal static async Task RememberAsync(AuditedTransaction transaction, Guid subjectId, CancellationToken cancellationToken)
    {
        if (transaction.Actor.Once is not { } once)
            return;
        var (actorId, until) = (transaction.Actor.Id, transaction.Now - OnceRecord.Life);
        await transaction.Db.Set<OnceRecord>().Where(record => record.ActorId == actorId && record.Key == once.Key && record.At <= until).ExecuteDeleteAsync(cancellationToken);
        transaction.Db.Add(new OnceRecord
        {
            TenantId = transaction.Actor.TenantId,
            ActorId = actorId,
            Key = once.Key,
            Fingerprint = once.Fingerprint,
            SubjectId = subjectId,
            At = transaction.Now,
        });
    }

    /// <summary>Forgets the keys of yesterday, of all tenants; answers how many.</summary>
    public async Task<int> PruneAsync(CancellationToken cancellationToken)
    {
        var until = time.GetUtcNow() - OnceRecord.Life;
        await using var context = db.OpenForOperator();
        var old = context.Set<OnceRecord>().IgnoreQueryFilters([ConsoleDbContext.TenantFilter]).Where(record => record.At <= until);
        if (!await old.AnyAsync(cancellationToken))
            return 0;
        using var turn = await queue.EnterAsync(context.Dialect, cancellationToken);
        return await old.ExecuteDeleteAsync(cancellationToken);
    }
}

/// <summary>Why a repeated key does nothing.</summary>
public static class OnceErrors
{
    public static readonly Error Reused = new(ErrorKind.Conflict, "idempotency_key_reused", OnceErrorTexts.Reused);

    /// <summary>api.md: the answer with the secret is not kept, so it cannot be given again.</summary>
    public static Error Done(Guid subjectId) => new(
        ErrorKind.Conflict, "secret_already_issued", OnceErrorTexts.Done)
    {
        SubjectId = subjectId,
    };
}

using FinConsole.Core.AuditLog;
using FinConsole.Core.Policies;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.ApiTokens.Listing;

/// <summary>What several use cases do with a token inside their transaction.</summary>
internal static class TokenRows
{
    public static AuditSubject Subject(Guid id, string name) => new(AuditResource.Token, id, name);

    /// <summary>The subject of a refused attempt: the id as asked for, the name only if it is the tenant's.</summary>
    public static AuditSubject Subject(Guid id) => new(AuditResource.Token, id, "Token");

    /// <summary>
    /// Finds the token and holds its row's lock to the end of the transaction, so that what is read stays true. Its predecessor's
    /// is taken first: along a chain of rotations everybody locks from old to new, and nobody waits in a circle.
    /// </summary>
    public static async Task<ApiToken?> LockAsync(AuditedTransaction transaction, Guid id, CancellationToken cancellationToken)
    {
        var tokens = transaction.Db.Set<ApiToken>();
        var predecessor = await tokens.Where(token => token.Id == id).Select(token => token.PredecessorId).SingleOrDefaultAsync(cancellationToken);
        if (predecessor is { } older)
            await TouchAsync(transaction, older, cancellationToken);
        await TouchAsync(transaction, id, cancellationToken);
        return await tokens.AsNoTracking().SingleOrDefaultAsync(token => token.Id == id, cancellationToken);
    }

    /// <summary>Holds a row's lock to the end of the transaction: an update that changes nothing is the lock that all three databases share.</summary>
    public static Task<int> TouchAsync(AuditedTransaction transaction, Guid id, CancellationToken cancellationToken) =>
        transaction.Db.Set<ApiToken>().Where(token => token.Id == id).ExecuteUpdateAsync(set => set.SetProperty(token => token.RemindedDays, token => token.RemindedDays), cancellationToken);

    /// <summary>The row as it may be shown, read within the transaction.</summary>
    public static async Task<TokenView> ViewAsync(AuditedTransaction transaction, Guid id, CancellationToken cancellationToken)
    {
        var policy = await TenantPolicy.ReadAsync(transaction.Db, cancellationToken);
        return await TokenViews.Project(transaction.Db, transaction.Db.Set<ApiToken>().Where(token => token.Id == id), transaction.Now, policy.Rotation)
            .SingleAsync(cancellationToken);
    }

    /// <summary>
    /// A successor ended before it could take over: its predecessor, where it lives, stands alone again and can be rotated anew.
    /// </summary>
    public static Task UnlinkPredecessorAsync(AuditedTransaction transaction, Guid successorId, CancellationToken cancellationToken) =>
        transaction.Db.Set<ApiToken>().Where(token => token.SuccessorId == successorId && token.EndedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(token => token.SuccessorId, (Guid?)null), cancellationToken);
}

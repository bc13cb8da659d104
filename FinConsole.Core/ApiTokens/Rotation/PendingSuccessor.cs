using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.ApiTokens.Rotation;

/// <summary>A rotation that was begun and whose secret nobody saved.</summary>
internal static class PendingSuccessor
{
    /// <summary>
    /// Makes room for a new successor. A pending one is voided when the caller names it, or when its ten minutes are over; one
    /// that the caller does not know of stays, and the answer is false. Its end gets an entry of its own beside the rotation's.
    /// </summary>
    public static async Task<bool> TryClearAsync(AuditedTransaction transaction, ApiToken old, Guid? named, CancellationToken cancellationToken)
    {
        if (old.SuccessorId is not { } successorId)
            return named is null;

        var now = transaction.Now;
        var voided = await transaction.Db.Set<ApiToken>()
            .Where(token => token.Id == successorId && token.AcknowledgedAt == null && token.EndedAt == null && (token.Id == named || token.PendingUntil <= now))
            .ExecuteUpdateAsync(set => set.SetProperty(token => token.EndedAt, now).SetProperty(token => token.EndReason, TokenEnd.Void), cancellationToken);
        if (voided == 0)
            return false;

        await TokenRows.UnlinkPredecessorAsync(transaction, successorId, cancellationToken);
        transaction.Audit(AuditAction.TokenVoid, TokenRows.Subject(successorId, old.Name), new AuditDetails());
        transaction.Announce(ChangeKind.Token, successorId);
        return true;
    }
}

using System.Linq.Expressions;
using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.ApiTokens.Lifecycle;

/// <summary>Tokens that time alone has ended, and whose end is not yet written down.</summary>
internal static class DueTokens
{
    public static Expression<Func<ApiToken, bool>> At(DateTimeOffset now) => token =>
        token.EndedAt == null && (token.ExpiresAt <= now || token.OverlapEndsAt <= now || (token.AcknowledgedAt == null && token.PendingUntil <= now));

    /// <summary>Writes down a token's end with its audit entry; false for one that lives, or that somebody ended before.</summary>
    public static async Task<bool> TryEndAsync(AuditedTransaction transaction, Guid tokenId, CancellationToken cancellationToken)
    {
        if (await TokenRows.LockAsync(transaction, tokenId, cancellationToken) is not { EndedAt: null } token)
            return false;

        var (end, at, action) = TokenStatusRule.Of(token, transaction.Now) switch
        {
            TokenStatus.Retired => (TokenEnd.Retired, token.OverlapEndsAt!.Value, AuditAction.TokenRetire),
            TokenStatus.Void => (TokenEnd.Void, token.PendingUntil, AuditAction.TokenVoid),
            TokenStatus.Expired => (TokenEnd.Expired, token.ExpiresAt, AuditAction.TokenExpire),
            _ => (default, default, default),
        };
        if (end == default)
            return false;

        await transaction.Db.Set<ApiToken>().Where(row => row.Id == tokenId && row.EndedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.EndedAt, at).SetProperty(row => row.EndReason, end), cancellationToken);
        if (end == TokenEnd.Void)
            await TokenRows.UnlinkPredecessorAsync(transaction, tokenId, cancellationToken);
        transaction.Audit(action, TokenRows.Subject(token.Id, token.Name), new AuditDetails());
        transaction.Announce(ChangeKind.Token, tokenId);
        return true;
    }

    /// <summary>Ends those of one name, so that the name is free again before the sweep comes by.</summary>
    public static async Task EndNamesakesAsync(AuditedTransaction transaction, string nameKey, CancellationToken cancellationToken)
    {
        var due = await transaction.Db.Set<ApiToken>().Where(At(transaction.Now)).Where(token => token.NameKey == nameKey)
            .Select(token => token.Id).ToListAsync(cancellationToken);
        foreach (var id in due)
            await TryEndAsync(transaction, id, cancellationToken);
    }
}

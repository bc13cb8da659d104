using FinConsole.Core.AuditLog;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.ApiTokens.Rotation;

/// <summary>The time in which a token and its successor both work.</summary>
internal static class TokenOverlaps
{
    /// <summary>Begins it: the old token gets its end, never past its own expiry. One that has ended meanwhile stays ended.</summary>
    public static async Task BeginAsync(AuditedTransaction transaction, Guid predecessorId, TokenOverlap overlap, AuditDetails details, CancellationToken cancellationToken)
    {
        var now = transaction.Now;
        var live = transaction.Db.Set<ApiToken>().Where(token => token.Id == predecessorId && token.EndedAt == null);
        if (overlap == TokenOverlap.None)
        {
            await live.ExecuteUpdateAsync(
                set => set.SetProperty(token => token.OverlapEndsAt, now).SetProperty(token => token.EndedAt, now).SetProperty(token => token.EndReason, TokenEnd.Retired),
                cancellationToken);
            details.With(AuditField.Overlap, overlap);
        }
        else
        {
            var end = now + overlap.Length();
            await live.ExecuteUpdateAsync(
                set => set.SetProperty(token => token.OverlapEndsAt, token => token.ExpiresAt < end ? token.ExpiresAt : end), cancellationToken);
            details.With(AuditField.Overlap, overlap).With(AuditField.OverlapEndsAt, end);
        }

        transaction.Announce(overlap == TokenOverlap.None ? ChangeKind.Token : ChangeKind.TokenDetails, predecessorId);
    }
}

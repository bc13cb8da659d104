using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.ApiTokens.Rotation;

/// <summary>Discards a token that waits to be saved, before its ten minutes are over. A predecessor goes on as if nothing had been.</summary>
public sealed class VoidPendingToken(AuditedTransactions transactions)
{
    public async Task<Result> HandleAsync(Guid tokenId, Actor actor, CancellationToken cancellationToken)
    {
        var begun = await transactions.BeginAsync(actor, Permission.ManageTokens, AuditAction.TokenVoid, TokenRows.Subject(tokenId), cancellationToken);
        if (!begun.Succeeded)
            return begun.Error;
        await using var transaction = begun.Value;
        if (await TokenRows.LockAsync(transaction, tokenId, cancellationToken) is not { } token)
            return ApiTokenErrors.NotFound;

        var voided = await transaction.Db.Set<ApiToken>()
            .Where(row => row.Id == tokenId && row.AcknowledgedAt == null && row.EndedAt == null)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.EndedAt, transaction.Now).SetProperty(row => row.EndReason, TokenEnd.Void).SetProperty(row => row.EndedBy, actor.Name),
                cancellationToken);
        if (voided == 0)
            return ApiTokenErrors.NotPending;

        await TokenRows.UnlinkPredecessorAsync(transaction, tokenId, cancellationToken);
        transaction.Audit(AuditAction.TokenVoid, TokenRows.Subject(token.Id, token.Name), new AuditDetails());
        transaction.Announce(ChangeKind.Token, tokenId);
        await transaction.CommitAsync(cancellationToken);
        return Result.Success;
    }
}

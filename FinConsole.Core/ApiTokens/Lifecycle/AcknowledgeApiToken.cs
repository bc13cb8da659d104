using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.ApiTokens.Rotation;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.ApiTokens.Lifecycle;

/// <summary>"I have saved it": the pending token becomes live, and its predecessor's overlap begins.</summary>
public sealed class AcknowledgeApiToken(AuditedTransactions transactions)
{
    public async Task<Result> HandleAsync(Guid tokenId, Actor actor, CancellationToken cancellationToken)
    {
        var begun = await transactions.BeginAsync(actor, Permission.ManageTokens, AuditAction.TokenAcknowledge, TokenRows.Subject(tokenId), cancellationToken);
        if (!begun.Succeeded)
            return begun.Error;
        await using var transaction = begun.Value;

        // Only who was shown the secret can say that it is saved.
        var token = await TokenRows.LockAsync(transaction, tokenId, cancellationToken);
        if (token is null || token.CreatedById != actor.Id)
            return ApiTokenErrors.NotFound;

        var acknowledged = await transaction.Db.Set<ApiToken>()
            .Where(row => row.Id == tokenId && row.AcknowledgedAt == null && row.EndedAt == null && row.PendingUntil > transaction.Now)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.AcknowledgedAt, transaction.Now), cancellationToken);
        if (acknowledged == 0)
            return ApiTokenErrors.NotPending;

        var details = new AuditDetails();
        if (token.PredecessorId is { } predecessorId)
            await TokenOverlaps.BeginAsync(transaction, predecessorId, token.Overlap, details, cancellationToken);

        transaction.Audit(AuditAction.TokenAcknowledge, TokenRows.Subject(token.Id, token.Name), details);
        transaction.Announce(ChangeKind.Token, tokenId);
        await transaction.CommitAsync(cancellationToken);
        return Result.Success;
    }
}

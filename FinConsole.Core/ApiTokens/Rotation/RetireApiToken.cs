using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.ApiTokens.Rotation;

/// <summary>Ends an overlap now: the old token is refused from here on. Takes either of the two tokens' ids.</summary>
public sealed class RetireApiToken(AuditedTransactions transactions)
{
    public async Task<Result> HandleAsync(Guid tokenId, Actor actor, CancellationToken cancellationToken)
    {
        var begun = await transactions.BeginAsync(actor, Permission.ManageTokens, AuditAction.TokenRetire, TokenRows.Subject(tokenId), cancellationToken);
        if (!begun.Succeeded)
            return begun.Error;
        await using var transaction = begun.Value;
        if (await TokenRows.LockAsync(transaction, tokenId, cancellationToken) is null)
            return ApiTokenErrors.NotFound;

        var now = transaction.Now;
        var old = await transaction.Db.Set<ApiToken>().AsNoTracking()
            .Where(token => (token.Id == tokenId || token.SuccessorId == tokenId) && token.EndedAt == null && token.OverlapEndsAt != null && token.OverlapEndsAt > now)
            .SingleOrDefaultAsync(cancellationToken);
        if (old is null)
            return ApiTokenErrors.NoOverlap;

        var retired = await transaction.Db.Set<ApiToken>().Where(token => token.Id == old.Id && token.EndedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(token => token.OverlapEndsAt, now).SetProperty(token => token.EndedAt, now)
                .SetProperty(token => token.EndReason, TokenEnd.Retired).SetProperty(token => token.EndedBy, actor.Name),
            cancellationToken);
        if (retired == 0)
            return ApiTokenErrors.NoOverlap;

        transaction.Audit(
            AuditAction.TokenRetire, TokenRows.Subject(old.Id, old.Name), new AuditDetails().Change(AuditField.OverlapEndsAt, old.OverlapEndsAt, now));
        transaction.Announce(ChangeKind.Token, old.Id);
        await transaction.CommitAsync(cancellationToken);
        return Result.Success;
    }
}

using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.ApiTokens.Verification;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.ApiTokens.Rotation;

/// <summary>Ends the token that another has replaced at its own request, when that other is first used: its holder has it, so nobody needs the old one any more.</summary>
public sealed class RetireReplacedToken(AuditedTransactions transactions)
{
    /// <summary>Does nothing when that has happened before.</summary>
    public async Task HandleAsync(TokenEntry successor, RequestOrigin origin, CancellationToken cancellationToken)
    {
        var actor = Actor.System(successor.TenantId, "successor's first use") with { Origin = origin };
        await using var transaction = await transactions.BeginUnguardedAsync(actor, cancellationToken);
        var old = await transaction.Db.Set<ApiToken>().AsNoTracking().SingleOrDefaultAsync(token => token.SuccessorId == successor.Id && token.EndedAt == null, cancellationToken);
        if (old is null)
            return;

        var now = transaction.Now;
        var ended = await transaction.Db.Set<ApiToken>().Where(token => token.Id == old.Id && token.EndedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(token => token.OverlapEndsAt, now).SetProperty(token => token.EndedAt, now).SetProperty(token => token.EndReason, TokenEnd.Retired),
            cancellationToken);
        if (ended == 0)
            return;
        transaction.Audit(AuditAction.TokenRetire, TokenRows.Subject(old.Id, old.Name), new AuditDetails());
        transaction.Announce(ChangeKind.Token, old.Id);
        transaction.Announce(ChangeKind.Token, successor.Id);
        await transaction.CommitAsync(cancellationToken);
    }
}

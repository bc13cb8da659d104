using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.ApiTokens.Lifecycle;

/// <summary>Disables a token until it is enabled again: the reversible twin of invalidating. Asking for what already is changes and records nothing.</summary>
public sealed class SetTokenDisabled(AuditedTransactions transactions)
{
    public async Task<Result> HandleAsync(Guid tokenId, bool disabled, Actor actor, CancellationToken cancellationToken)
    {
        var action = disabled ? AuditAction.TokenDisable : AuditAction.TokenEnable;
        var begun = await transactions.BeginAsync(actor, Permission.ManageTokens, action, TokenRows.Subject(tokenId), cancellationToken);
        if (!begun.Succeeded)
            return begun.Error;
        await using var transaction = begun.Value;
        if (await TokenRows.LockAsync(transaction, tokenId, cancellationToken) is not { } token)
            return ApiTokenErrors.NotFound;
        var (changed, refusal) = await TrySetAsync(transaction, token, disabled, cancellationToken);
        if (changed)
            await transaction.CommitAsync(cancellationToken);
        return refusal is null ? Result.Success : refusal;
    }

    /// <summary>Disables or enables a token whose row is locked, with its audit entry.</summary>
    /// <returns>Whether it changed, and why not where that is no success.</returns>
    internal static async Task<(bool Changed, Error? Refusal)> TrySetAsync(AuditedTransaction transaction, ApiToken token, bool disabled, CancellationToken cancellationToken)
    {
        if (TokenStatusRule.Of(token, transaction.Now) is var status && status.HasEnded())
            return (false, ApiTokenErrors.Ended);
        if (status == TokenStatus.Pending)
            return (false, ApiTokenErrors.StillPending);

        DateTimeOffset? since = disabled ? transaction.Now : null;
        var changed = await transaction.Db.Set<ApiToken>()
            .Where(row => row.Id == token.Id && row.EndedAt == null && (row.DisabledAt != null) != disabled)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.DisabledAt, since), cancellationToken);
        if (changed == 0)
            return (false, null);

        transaction.Audit(disabled ? AuditAction.TokenDisable : AuditAction.TokenEnable, TokenRows.Subject(token.Id, token.Name), new AuditDetails());
        transaction.Announce(ChangeKind.Token, token.Id);
        return (true, null);
    }
}

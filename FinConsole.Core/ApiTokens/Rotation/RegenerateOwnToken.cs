using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using FinConsole.Core.UseCases.Idempotency;

namespace FinConsole.Core.ApiTokens.Rotation;

/// <summary>
/// A token asks for its own successor (fincept-security-best-practices, "Regenerate API key"): the same in everything, its remaining life
/// included. The old one ends with the new one's first use, or after 24 hours; until then a lost answer locks nobody out.
/// </summary>
public sealed class RegenerateOwnToken(AuditedTransactions transactions, IdempotencyGuard idempotency, TokenLookup lookup, TimeProvider time)
{
    private readonly TokenMaker _maker = new(lookup, time);

    /// <param name="actor">The token itself, with <see cref="Permission.RotateSelf"/>.</param>
    /// <param name="cancellationToken">Gives up; what is committed stays.</param>
    public Task<Result<NewApiToken>> HandleAsync(Actor actor, CancellationToken cancellationToken) =>
        idempotency.RunAsync(actor, () => ReplaceAsync(actor, cancellationToken), cancellationToken);

    private async Task<Result<NewApiToken>> ReplaceAsync(Actor actor, CancellationToken cancellationToken)
    {
        var begun = await transactions.BeginAsync(actor, Permission.RotateSelf, AuditAction.TokenRotate, TokenRows.Subject(actor.Id, actor.Name), cancellationToken);
        if (!begun.Succeeded)
            return begun.Error;
        await using var transaction = begun.Value;
        return await ReplaceAsync(transaction, cancellationToken);
    }

    private async Task<Result<NewApiToken>> ReplaceAsync(AuditedTransaction transaction, CancellationToken cancellationToken)
    {
        if (await TokenRows.LockAsync(transaction, transaction.Actor.Id, cancellationToken) is not { } old)
            return ApiTokenErrors.NotFound;
        if (RotateApiToken.Refusal(old, transaction.Now) is { } refusal)
            return refusal;
        if (await RotateApiToken.OverlapRunsAsync(transaction, old.Id, cancellationToken))
            return ApiTokenErrors.OverlapRunning;
        if (!await PendingSuccessor.TryClearAsync(transaction, old, null, cancellationToken))
            return ApiTokenErrors.RotatedMeanwhile;

        var (token, secret) = _maker.Make(transaction, new TokenBlueprint(
            old.Name, old.Environment, old.Expiry, old.Scopes, old.Allowlist, old.Holder, old.HolderMemberId, old.CashierId, TokenHandover.Immediate, old.Id, TokenOverlap.Hours24)
        {
            ExpiresAt = old.ExpiresAt,
            EndsPredecessorOnUse = true,
        });
        if (!await RotateApiToken.TryLinkAsync(transaction, old.Id, token.Id, cancellationToken))
            return ApiTokenErrors.RotatedMeanwhile;
        transaction.Db.Add(token);
        await IdempotencyGuard.RememberAsync(transaction, token.Id, cancellationToken);
        if (!await transaction.TrySaveAsync(cancellationToken))
            return ApiTokenErrors.RotatedMeanwhile;

        var details = new AuditDetails().With(AuditField.Predecessor, old.Id.ToString()).With(AuditField.ExpiresAt, token.ExpiresAt)
            .With(AuditField.Masked, token.Prefix + "…" + token.LastFour);
        await TokenOverlaps.BeginAsync(transaction, old.Id, TokenOverlap.Hours24, details, cancellationToken);
        transaction.Audit(AuditAction.TokenRotate, TokenRows.Subject(token.Id, token.Name), details);
        transaction.Announce(ChangeKind.Token, token.Id);
        var view = await TokenRows.ViewAsync(transaction, token.Id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new NewApiToken(view, secret);
    }
}

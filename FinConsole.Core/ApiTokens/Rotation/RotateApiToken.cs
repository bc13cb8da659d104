using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using FinConsole.Core.UseCases.Idempotency;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.ApiTokens.Rotation;

/// <param name="TokenId">The token to replace.</param>
/// <param name="Overlap">How long it goes on working beside its successor.</param>
/// <param name="ReplacePending">A pending successor whose secret was lost, to be voided and made anew; null for a first rotation.</param>
public sealed record RotateApiTokenRequest(
    Guid TokenId, TokenOverlap Overlap, CashierCredentials Cashier, Guid? ReplacePending = null, TokenHandover Handover = TokenHandover.AwaitsAcknowledgement);

/// <summary>
/// Makes a token's successor: same name, environment, scopes, allowlist, holder and expiry period. However many try at once, one
/// succeeds: the successor's id is set on the old row by compare-and-set, and a unique index stands behind that.
/// </summary>
public sealed class RotateApiToken(
    ConsoleDb db, AuditedTransactions transactions, PermissionGuard guard, CashierCheck cashierCheck, IdempotencyGuard idempotency, TokenLookup lookup, TimeProvider time)
{
    private readonly TokenMaker _maker = new(lookup, time);

    public async Task<Result<NewApiToken>> HandleAsync(RotateApiTokenRequest request, Actor actor, CancellationToken cancellationToken)
    {
        var attempted = TokenRows.Subject(request.TokenId);
        if (await guard.CheckAsync(actor, Permission.ManageTokens, attempted, cancellationToken, AuditAction.TokenRotate) is { } refusal)
            return refusal;
        return await idempotency.RunAsync(actor, () => RotateAsync(request, actor, attempted, cancellationToken), cancellationToken);
    }

    private async Task<Result<NewApiToken>> RotateAsync(RotateApiTokenRequest request, Actor actor, AuditSubject attempted, CancellationToken cancellationToken)
    {
        if (Validate(request) is { Faults.Count: > 0 } input)
            return Error.Invalid(input.Faults);

        if (await FindEarlyRefusalAsync(request.TokenId, actor, cancellationToken) is { } hopeless)
            return hopeless;

        var cashier = await cashierCheck.CheckAsync(request.Cashier, actor, cancellationToken);
        if (!cashier.Succeeded)
            return cashier.Error;

        var begun = await transactions.BeginAsync(actor, Permission.ManageTokens, AuditAction.TokenRotate, attempted, cancellationToken);
        if (!begun.Succeeded)
            return begun.Error;
        await using var transaction = begun.Value;
        return await RotateAsync(transaction, request, cashier.Value, cancellationToken);
    }

    private static TokenInput Validate(RotateApiTokenRequest request) => new TokenInput()
        .Require(Enum.IsDefined(request.Overlap), nameof(request.Overlap), ApiTokenErrorTexts.ChooseOverlap)
        .Require(!string.IsNullOrWhiteSpace(request.Cashier.Email), "CashierEmail", ApiTokenErrorTexts.CashierEmail)
        .Require(!request.Cashier.Password.IsEmpty, "CashierPassword", ApiTokenErrorTexts.CashierPassword);

    private async Task<Result<NewApiToken>> RotateAsync(
        AuditedTransaction transaction, RotateApiTokenRequest request, CheckedCashier cashier, CancellationToken cancellationToken)
    {
        if (!await cashierCheck.StillHoldsAsync(transaction, cashier, cancellationToken))
            return ApiTokenErrors.CashierRefused.On(nameof(CashierCredentials));
        if (await TokenRows.LockAsync(transaction, request.TokenId, cancellationToken) is not { } old)
            return ApiTokenErrors.NotFound;
        if (Refusal(old, transaction.Now) is { } refusal)
            return refusal;
        if (await OverlapRunsAsync(transaction, old.Id, cancellationToken))
            return ApiTokenErrors.OverlapRunning;
        if (!await PendingSuccessor.TryClearAsync(transaction, old, request.ReplacePending, cancellationToken))
            return ApiTokenErrors.RotatedMeanwhile;

        var (token, secret) = _maker.Make(transaction, new TokenBlueprint(
            old.Name, old.Environment, old.Expiry, old.Scopes, old.Allowlist, old.Holder, old.HolderMemberId, cashier.Id, request.Handover, old.Id, request.Overlap));
        if (!await TryLinkAsync(transaction, old.Id, token.Id, cancellationToken))
            return ApiTokenErrors.RotatedMeanwhile;
        transaction.Db.Add(token);
        await IdempotencyGuard.RememberAsync(transaction, token.Id, cancellationToken);
        if (!await transaction.TrySaveAsync(cancellationToken))
            return ApiTokenErrors.RotatedMeanwhile;

        var details = new AuditDetails().With(AuditField.Predecessor, old.Id.ToString()).With(AuditField.Cashier, cashier.Email)
            .With(AuditField.ExpiresAt, token.ExpiresAt).With(AuditField.Masked, token.Prefix + "…" + token.LastFour).With(AuditField.Overlap, request.Overlap);
        if (request.Handover == TokenHandover.Immediate)
            await TokenOverlaps.BeginAsync(transaction, old.Id, request.Overlap, new AuditDetails(), cancellationToken);
        transaction.Audit(AuditAction.TokenRotate, TokenRows.Subject(token.Id, token.Name), details);
        transaction.Announce(ChangeKind.Token, token.Id);
        var view = await TokenRows.ViewAsync(transaction, token.Id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new NewApiToken(view, secret);
    }

    // Said before a password is asked to be hashed; what counts is the same question inside the transaction.
    private async Task<Error?> FindEarlyRefusalAsync(Guid tokenId, Actor actor, CancellationToken cancellationToken)
    {
        await using var context = db.Open(actor.TenantId);
        var token = await context.Set<ApiToken>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == tokenId, cancellationToken);
        return token is null ? ApiTokenErrors.NotFound : Refusal(token, time.GetUtcNow());
    }

    internal static Error? Refusal(ApiToken old, DateTimeOffset now) => TokenStatusRule.Of(old, now) switch
    {
        var status when status.HasEnded() => ApiTokenErrors.Ended,
        TokenStatus.Disabled => ApiTokenErrors.Disabled,
        TokenStatus.Pending => ApiTokenErrors.StillPending,
        _ => null,
    };

    // At most one live predecessor a chain: an old token still in its overlap must go first.
    internal static Task<bool> OverlapRunsAsync(AuditedTransaction transaction, Guid tokenId, CancellationToken cancellationToken) =>
        transaction.Db.Set<ApiToken>().AnyAsync(
            token => token.SuccessorId == tokenId && token.EndedAt == null && token.OverlapEndsAt != null && token.OverlapEndsAt > transaction.Now
                && token.ExpiresAt > transaction.Now,
            cancellationToken);

    // The compare-and-set that lets one of many win. An invalidation that came first leaves no row to update.
    internal static async Task<bool> TryLinkAsync(AuditedTransaction transaction, Guid oldId, Guid successorId, CancellationToken cancellationToken) =>
        await transaction.Db.Set<ApiToken>()
            .Where(token => token.Id == oldId && token.SuccessorId == null && token.EndedAt == null && token.AcknowledgedAt != null && token.DisabledAt == null
                && token.ExpiresAt > transaction.Now)
            .ExecuteUpdateAsync(set => set.SetProperty(token => token.SuccessorId, successorId), cancellationToken) == 1;
}

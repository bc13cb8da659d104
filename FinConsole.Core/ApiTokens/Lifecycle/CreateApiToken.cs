using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using FinConsole.Core.UseCases.Idempotency;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.ApiTokens.Lifecycle;

/// <param name="Name">1 to 80 characters; tells the token apart.</param>
/// <param name="Scopes">At least one of <see cref="TokenScopes.All"/>.</param>
/// <param name="Allowlist">Networks, one a line or with commas; null or empty for none.</param>
/// <param name="Holder">Who keeps the secret: a member's name or address, or a few words.</param>
public sealed record CreateApiTokenRequest(
    string Name, TokenEnvironment Environment, TokenExpiry Expiry, IReadOnlyCollection<string> Scopes, string? Allowlist, string? Holder, CashierCredentials Cashier,
    TokenHandover Handover = TokenHandover.AwaitsAcknowledgement);

/// <summary>Makes a token that acts as a cashier, for somebody who knows the cashier's password.</summary>
public sealed class CreateApiToken(ConsoleDb db, AuditedTransactions transactions, PermissionGuard guard, CashierCheck cashierCheck, IdempotencyGuard idempotency, TokenLookup lookup, TimeProvider time)
{
    private readonly TokenMaker _maker = new(lookup, time);
    private readonly TimeProvider _time = time;

    public async Task<Result<NewApiToken>> HandleAsync(CreateApiTokenRequest request, Actor actor, CancellationToken cancellationToken)
    {
        var attempted = new AuditSubject(AuditResource.Token, null, PlainText.ForStorage(request.Name ?? "", ApiToken.LongestName));

        // The right comes first: who may not create tokens must not get to guess cashiers' passwords here.
        if (await guard.CheckAsync(actor, Permission.ManageTokens, attempted, cancellationToken, AuditAction.TokenCreate) is { } refusal)
            return refusal;
        return await idempotency.RunAsync(actor, () => CreateAsync(request, actor, attempted, cancellationToken), cancellationToken);
    }

    private async Task<Result<NewApiToken>> CreateAsync(CreateApiTokenRequest request, Actor actor, AuditSubject attempted, CancellationToken cancellationToken)
    {
        var input = Read(request);
        if (input.Faults.Count > 0)
            return Error.Invalid(input.Faults);

        // Said before the cashier is checked: a code from an authenticator app would be spent for nothing.
        if (await IsNameTakenAsync(input.Name, actor, cancellationToken))
            return ApiTokenErrors.NameTaken.On(nameof(request.Name));

        var cashier = await cashierCheck.CheckAsync(request.Cashier, actor, cancellationToken);
        if (!cashier.Succeeded)
            return cashier.Error;

        var begun = await transactions.BeginAsync(actor, Permission.ManageTokens, AuditAction.TokenCreate, attempted, cancellationToken);
        if (!begun.Succeeded)
            return begun.Error;
        await using var transaction = begun.Value;
        if (!await cashierCheck.StillHoldsAsync(transaction, cashier.Value, cancellationToken))
            return ApiTokenErrors.CashierRefused.On(nameof(CashierCredentials));

        var holderId = await TokenInput.FindHolderAsync(transaction.Db, input.Holder, cancellationToken);
        var (token, secret) = _maker.Make(transaction, new TokenBlueprint(
            input.Name, request.Environment, request.Expiry, TokenScopes.Join(input.Scopes), IpAllowlist.Join(input.Allowlist), input.Holder, holderId,
            cashier.Value.Id, request.Handover));
        await DueTokens.EndNamesakesAsync(transaction, token.NameKey, cancellationToken);
        transaction.Db.Add(token);
        await IdempotencyGuard.RememberAsync(transaction, token.Id, cancellationToken);
        if (!await transaction.TrySaveAsync(cancellationToken))
            return ApiTokenErrors.NameTaken.On(nameof(request.Name));

        transaction.Audit(AuditAction.TokenCreate, TokenRows.Subject(token.Id, token.Name), Describe(token, input, cashier.Value.Email));
        transaction.Announce(ChangeKind.Token, token.Id);
        var view = await TokenRows.ViewAsync(transaction, token.Id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new NewApiToken(view, secret);
    }

    private async Task<bool> IsNameTakenAsync(string name, Actor actor, CancellationToken cancellationToken)
    {
        var key = TokenInput.KeyOf(name);
        await using var context = db.Open(actor.TenantId);
        var namesake = await context.Set<ApiToken>().AsNoTracking()
            .FirstOrDefaultAsync(token => token.NameKey == key && token.EndedAt == null && token.SuccessorId == null && token.OverlapEndsAt == null, cancellationToken);
        return namesake is not null && !TokenStatusRule.Of(namesake, _time.GetUtcNow()).HasEnded();
    }

    private static TokenInput Read(CreateApiTokenRequest request) => new TokenInput()
        .ReadName(request.Name)
        .ReadScopes(request.Scopes)
        .ReadAllowlist(request.Allowlist)
        .ReadHolder(request.Holder)
        .Require(Enum.IsDefined(request.Environment), nameof(request.Environment), ApiTokenErrorTexts.ChooseEnvironment)
        .Require(Enum.IsDefined(request.Expiry), nameof(request.Expiry), ApiTokenErrorTexts.ChooseExpiry)
        .Require(!string.IsNullOrWhiteSpace(request.Cashier.Email), "CashierEmail", ApiTokenErrorTexts.CashierEmail)
        .Require(!request.Cashier.Password.IsEmpty, "CashierPassword", ApiTokenErrorTexts.CashierPassword);

    private static AuditDetails Describe(ApiToken token, TokenInput input, string cashier) => new AuditDetails()
        .With(AuditField.Environment, token.Environment)
        .With(AuditField.Expiry, token.Expiry)
        .With(AuditField.ExpiresAt, token.ExpiresAt)
        .With(AuditField.Scopes, input.Scopes)
        .With(AuditField.Allowlist, input.Allowlist)
        .With(AuditField.Holder, token.Holder)
        .With(AuditField.Cashier, cashier)
        .With(AuditField.Masked, token.Prefix + "…" + token.LastFour);
}

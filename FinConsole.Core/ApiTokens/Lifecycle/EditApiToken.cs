using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;

namespace FinConsole.Core.ApiTokens.Lifecycle;

/// <summary>What a token is to become; null leaves a part as it is.</summary>
/// <param name="Scopes">Narrower than before, or the same.</param>
/// <param name="Holder">Empty for nobody.</param>
public sealed record EditApiTokenRequest(
    Guid TokenId, string? Name = null, string? Holder = null, string? Allowlist = null, IReadOnlyCollection<string>? Scopes = null);

/// <summary>Changes a live token's name, holder and allowlist, and narrows its scopes.</summary>
public sealed class EditApiToken(AuditedTransactions transactions)
{
    public async Task<Result> HandleAsync(EditApiTokenRequest request, Actor actor, CancellationToken cancellationToken)
    {
        var begun = await transactions.BeginAsync(actor, Permission.ManageTokens, AuditAction.TokenEdit, TokenRows.Subject(request.TokenId), cancellationToken);
        if (!begun.Succeeded)
            return begun.Error;
        await using var transaction = begun.Value;

        if (await TokenRows.LockAsync(transaction, request.TokenId, cancellationToken) is not { } token)
            return ApiTokenErrors.NotFound;
        transaction.Db.Attach(token);
        if (TokenStatusRule.Of(token, transaction.Now) is var status && status.HasEnded())
            return ApiTokenErrors.Ended;
        if (status == TokenStatus.Pending || token.SuccessorId is not null)
            return status == TokenStatus.Pending ? ApiTokenErrors.StillPending : ApiTokenErrors.RotatedMeanwhile;

        var input = Read(request);
        if (input.Faults.Count > 0)
            return Error.Invalid(input.Faults);
        if (request.Scopes is not null && !TokenScopes.Cover(TokenScopes.Split(token.Scopes), input.Scopes))
            return ApiTokenErrors.ScopesWiden.On(nameof(request.Scopes));

        var (allowlist, scopes) = (token.Allowlist, token.Scopes);
        var details = await ApplyAsync(transaction, token, request, input, cancellationToken);
        if (!details.HasChanges)
            return Result.Success;
        await DueTokens.EndNamesakesAsync(transaction, token.NameKey, cancellationToken);
        if (!await transaction.TrySaveAsync(cancellationToken))
            return ApiTokenErrors.NameTaken.On(nameof(request.Name));

        transaction.Audit(AuditAction.TokenEdit, TokenRows.Subject(token.Id, token.Name), details);
        transaction.Announce((token.Allowlist, token.Scopes) == (allowlist, scopes) ? ChangeKind.TokenDetails : ChangeKind.Token, token.Id);
        await transaction.CommitAsync(cancellationToken);
        return Result.Success;
    }

    private static TokenInput Read(EditApiTokenRequest request)
    {
        var input = new TokenInput();
        if (request.Name is not null)
            input.ReadName(request.Name);
        if (request.Holder is not null)
            input.ReadHolder(request.Holder);
        if (request.Allowlist is not null)
            input.ReadAllowlist(request.Allowlist);
        if (request.Scopes is not null)
            input.ReadScopes(request.Scopes);
        return input;
    }

    private static async Task<AuditDetails> ApplyAsync(
        AuditedTransaction transaction, ApiToken token, EditApiTokenRequest request, TokenInput input, CancellationToken cancellationToken)
    {
        var details = new AuditDetails();
        if (request.Name is not null)
        {
            details.Change(AuditField.Name, token.Name, input.Name);
            (token.Name, token.NameKey) = (input.Name, TokenInput.KeyOf(input.Name));
        }

        if (request.Holder is not null)
        {
            details.Change(AuditField.Holder, token.Holder, input.Holder);
            (token.Holder, token.HolderMemberId) = (input.Holder, await TokenInput.FindHolderAsync(transaction.Db, input.Holder, cancellationToken));
        }

        if (request.Allowlist is not null)
        {
            details.Change(AuditField.Allowlist, IpAllowlist.Split(token.Allowlist), input.Allowlist);
            token.Allowlist = IpAllowlist.Join(input.Allowlist);
        }

        if (request.Scopes is not null)
        {
            details.Change(AuditField.Scopes, TokenScopes.Split(token.Scopes), input.Scopes);
            token.Scopes = TokenScopes.Join(input.Scopes);
        }

        return details;
    }
}

using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.ApiTokens.Lifecycle;

/// <summary>What became of one of several tokens.</summary>
/// <param name="Changed">False when it was so already, or was refused.</param>
/// <param name="Refusal">Why it was refused; null when it is as was asked for.</param>
public sealed record TokenOutcome(Guid TokenId, string Name, bool Changed, Error? Refusal);

/// <param name="TokenIds">1 to <see cref="ChangeSeveralTokens.Most"/>.</param>
/// <param name="Comment">Up to 500 characters; null for none.</param>
public sealed record InvalidateApiTokensRequest(IReadOnlyCollection<Guid> TokenIds, InvalidationReason Reason, string? Comment);

/// <summary>
/// Does to several tokens what is done to one, in one transaction and with an entry for each: all that can be changed are changed at one
/// moment, and of the others it says why they were not. If the transaction fails, nothing was changed.
/// </summary>
public sealed class ChangeSeveralTokens(AuditedTransactions transactions)
{
    /// <summary>More than a page of the list shows.</summary>
    public const int Most = 200;

    private static readonly AuditSubject Subject = new(AuditResource.Token, null, "Tokens");

    private delegate Task<(bool Changed, Error? Refusal)> Change(AuditedTransaction transaction, ApiToken token);

    /// <summary>Ends tokens for good and at once, as <see cref="InvalidateApiToken"/> ends one.</summary>
    /// <returns>An outcome for each token, in the order asked for; <see cref="ApiTokenErrors.NotFound"/> when one is not there, and nothing was changed.</returns>
    public async Task<Result<IReadOnlyList<TokenOutcome>>> InvalidateAsync(InvalidateApiTokensRequest request, Actor actor, CancellationToken cancellationToken)
    {
        var begun = await transactions.BeginAsync(actor, Permission.ManageTokens, AuditAction.TokenInvalidate, Subject, cancellationToken);
        if (!begun.Succeeded)
            return begun.Error;
        await using var transaction = begun.Value;
        if (TokenInvalidation.Validate(request.Reason, request.Comment) is { Count: > 0 } faults)
            return Error.Invalid(faults);

        return await RunAsync(
            transaction, request.TokenIds, (within, token) => TokenInvalidation.TryEndAsync(within, token, request.Reason, request.Comment, cancellationToken), cancellationToken);
    }

    /// <summary>Disables or enables tokens, as <see cref="SetTokenDisabled"/> does one.</summary>
    /// <returns>As <see cref="InvalidateAsync"/>.</returns>
    public async Task<Result<IReadOnlyList<TokenOutcome>>> SetDisabledAsync(IReadOnlyCollection<Guid> tokenIds, bool disabled, Actor actor, CancellationToken cancellationToken)
    {
        var begun = await transactions.BeginAsync(actor, Permission.ManageTokens, disabled ? AuditAction.TokenDisable : AuditAction.TokenEnable, Subject, cancellationToken);
        if (!begun.Succeeded)
            return begun.Error;
        await using var transaction = begun.Value;
        return await RunAsync(transaction, tokenIds, (within, token) => SetTokenDisabled.TrySetAsync(within, token, disabled, cancellationToken), cancellationToken);
    }

    private static async Task<Result<IReadOnlyList<TokenOutcome>>> RunAsync(
        AuditedTransaction transaction, IReadOnlyCollection<Guid> asked, Change change, CancellationToken cancellationToken)
    {
        var ids = asked.Distinct().ToList();
        if (ids.Count is 0 or > Most)
            return ApiTokenErrors.ChooseTokens;
        if (await LockAsync(transaction, ids, cancellationToken) is not { } tokens)
            return ApiTokenErrors.NotFound;

        var outcomes = new List<TokenOutcome>();
        foreach (var token in ids.Select(id => tokens[id]))
        {
            var (changed, refusal) = await change(transaction, token);
            outcomes.Add(new TokenOutcome(token.Id, token.Name, changed, refusal));
        }

        if (outcomes.Exists(outcome => outcome.Changed))
            await transaction.CommitAsync(cancellationToken);
        return outcomes;
    }

    // All predecessors and tokens from old to new: ids begin with the time, and whoever locks along a chain of rotations goes the same way.
    private static async Task<Dictionary<Guid, ApiToken>?> LockAsync(AuditedTransaction transaction, List<Guid> ids, CancellationToken cancellationToken)
    {
        var found = await transaction.Db.Set<ApiToken>().Where(token => ids.Contains(token.Id)).Select(token => new { token.Id, token.PredecessorId }).ToListAsync(cancellationToken);
        if (found.Count < ids.Count)
            return null;
        foreach (var id in found.Select(token => token.PredecessorId).OfType<Guid>().Concat(ids).Distinct().Order())
            await TokenRows.TouchAsync(transaction, id, cancellationToken);
        return await transaction.Db.Set<ApiToken>().AsNoTracking().Where(token => ids.Contains(token.Id)).ToDictionaryAsync(token => token.Id, cancellationToken);
    }
}

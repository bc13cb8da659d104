using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;

namespace FinConsole.Core.ApiTokens.Lifecycle;

/// <param name="Comment">Up to 500 characters; null for none.</param>
public sealed record InvalidateApiTokenRequest(Guid TokenId, InvalidationReason Reason, string? Comment);

/// <summary>
/// Ends a token for good and at once. Whatever else happens to it in the same moment, it ends invalidated; asking twice is no
/// error. A token that ended otherwise stays what it is.
/// </summary>
public sealed class InvalidateApiToken(AuditedTransactions transactions)
{
    public async Task<Result> HandleAsync(InvalidateApiTokenRequest request, Actor actor, CancellationToken cancellationToken)
    {
        var begun = await transactions.BeginAsync(actor, Permission.ManageTokens, AuditAction.TokenInvalidate, TokenRows.Subject(request.TokenId), cancellationToken);
        if (!begun.Succeeded)
            return begun.Error;
        await using var transaction = begun.Value;
        if (TokenInvalidation.Validate(request.Reason, request.Comment) is { Count: > 0 } faults)
            return Error.Invalid(faults);
        if (await TokenRows.LockAsync(transaction, request.TokenId, cancellationToken) is not { } token)
            return ApiTokenErrors.NotFound;

        var (changed, refusal) = await TokenInvalidation.TryEndAsync(transaction, token, request.Reason, request.Comment, cancellationToken);
        if (changed)
            await transaction.CommitAsync(cancellationToken);
        return refusal is null ? Result.Success : refusal;
    }
}

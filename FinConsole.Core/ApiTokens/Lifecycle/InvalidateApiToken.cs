using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

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
        var comment = string.IsNullOrWhiteSpace(request.Comment) ? null : request.Comment.Trim();
        if (Validate(request, comment) is { Count: > 0 } faults)
            return Error.Invalid(faults);
        if (await TokenRows.LockAsync(transaction, request.TokenId, cancellationToken) is not { } token)
            return ApiTokenErrors.NotFound;

        var now = transaction.Now;
        var ended = await transaction.Db.Set<ApiToken>().Where(row => row.Id == token.Id && row.EndedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.EndedAt, now).SetProperty(row => row.EndReason, TokenEnd.Invalidated)
                .SetProperty(row => row.InvalidationReason, request.Reason).SetProperty(row => row.EndComment, comment).SetProperty(row => row.EndedBy, actor.Name),
            cancellationToken);
        if (ended == 0)
            return await HowItEndedAsync(transaction, token.Id, cancellationToken);

        await TokenRows.UnlinkPredecessorAsync(transaction, token.Id, cancellationToken);
        transaction.Audit(
            AuditAction.TokenInvalidate,
            TokenRows.Subject(token.Id, token.Name),
            new AuditDetails().With(AuditField.Reason, request.Reason).With(AuditField.Comment, comment));
        transaction.Announce(ChangeKind.Token, token.Id);
        await transaction.CommitAsync(cancellationToken);
        return Result.Success;
    }

    private static async Task<Result> HowItEndedAsync(AuditedTransaction transaction, Guid tokenId, CancellationToken cancellationToken)
    {
        var end = await transaction.Db.Set<ApiToken>().Where(row => row.Id == tokenId).Select(row => row.EndReason).SingleAsync(cancellationToken);
        return end == TokenEnd.Invalidated ? Result.Success : ApiTokenErrors.Ended;
    }

    private static Dictionary<string, string> Validate(InvalidateApiTokenRequest request, string? comment)
    {
        var faults = new Dictionary<string, string>();
        if (!Enum.IsDefined(request.Reason))
            faults[nameof(request.Reason)] = InputTexts.Reason;
        if (comment?.Length > ApiToken.LongestComment)
            faults[nameof(request.Comment)] = Texts.Format(InputTexts.AtMost, ApiToken.LongestComment);
        else if (comment is not null && comment != PlainText.ForStorage(comment, ApiToken.LongestComment))
            faults[nameof(request.Comment)] = InputTexts.Visible;
        return faults;
    }
}

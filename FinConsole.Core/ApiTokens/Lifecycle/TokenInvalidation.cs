using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.ApiTokens.Lifecycle;

/// <summary>What invalidating one token and several have in common.</summary>
internal static class TokenInvalidation
{
    /// <summary>What is wrong with a reason and a comment, by their names.</summary>
    public static Dictionary<string, string> Validate(InvalidationReason reason, string? comment)
    {
        var faults = new Dictionary<string, string>();
        if (!Enum.IsDefined(reason))
            faults[nameof(InvalidateApiTokenRequest.Reason)] = InputTexts.Reason;
        if (Clean(comment) is not { } text)
            return faults;
        if (text.Length > ApiToken.LongestComment)
            faults[nameof(InvalidateApiTokenRequest.Comment)] = Texts.Format(InputTexts.AtMost, ApiToken.LongestComment);
        else if (SecretText.IsIn(text))
            faults[nameof(InvalidateApiTokenRequest.Comment)] = InputTexts.NoToken;
        else if (text != PlainText.ForStorage(text, ApiToken.LongestComment))
            faults[nameof(InvalidateApiTokenRequest.Comment)] = InputTexts.Visible;
        return faults;
    }

    /// <summary>Ends a token whose row is locked, with its audit entry.</summary>
    /// <returns>Whether it changed, and why not where that is no success: one that is invalidated already is what was asked for.</returns>
    public static async Task<(bool Changed, Error? Refusal)> TryEndAsync(
        AuditedTransaction transaction, ApiToken token, InvalidationReason reason, string? comment, CancellationToken cancellationToken)
    {
        var (now, by, text) = (transaction.Now, transaction.Actor.Name, Clean(comment));
        var ended = await transaction.Db.Set<ApiToken>().Where(row => row.Id == token.Id && row.EndedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.EndedAt, now).SetProperty(row => row.EndReason, TokenEnd.Invalidated)
                .SetProperty(row => row.InvalidationReason, reason).SetProperty(row => row.EndComment, text).SetProperty(row => row.EndedBy, by),
            cancellationToken);
        if (ended == 0)
            return (false, await HowItEndedAsync(transaction, token.Id, cancellationToken));

        await TokenRows.UnlinkPredecessorAsync(transaction, token.Id, cancellationToken);
        transaction.Audit(
            AuditAction.TokenInvalidate, TokenRows.Subject(token.Id, token.Name), new AuditDetails().With(AuditField.Reason, reason).With(AuditField.Comment, text));
        transaction.Announce(ChangeKind.Token, token.Id);
        return (true, null);
    }

    private static async Task<Error?> HowItEndedAsync(AuditedTransaction transaction, Guid tokenId, CancellationToken cancellationToken)
    {
        var end = await transaction.Db.Set<ApiToken>().Where(row => row.Id == tokenId).Select(row => row.EndReason).SingleAsync(cancellationToken);
        return end == TokenEnd.Invalidated ? null : ApiTokenErrors.Ended;
    }

    private static string? Clean(string? comment) => string.IsNullOrWhiteSpace(comment) ? null : comment.Trim();
}

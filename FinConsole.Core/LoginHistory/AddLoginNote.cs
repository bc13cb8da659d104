using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.LoginHistory;

/// <summary>Adds a note to an attempt. Notes are never changed, so that what a reviewer wrote at the time stands.</summary>
public sealed class AddLoginNote(AuditedTransactions transactions)
{
    /// <param name="attemptId">Beside which.</param>
    /// <param name="text">1 to <see cref="LoginNote.LongestText"/> characters.</param>
    /// <param name="actor">Who writes.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result> HandleAsync(long attemptId, string text, Actor actor, CancellationToken cancellationToken)
    {
        var begun = await transactions.BeginAsync(actor, Permission.AnnotateLoginHistory, AuditAction.LoginNote, AttemptSubject.Of(attemptId, null), cancellationToken);
        if (!begun.Succeeded)
            return begun.Error;

        await using var transaction = begun.Value;
        if (await transaction.Db.Set<LoginAttempt>().Where(row => row.Id == attemptId).Select(row => row.Account).SingleOrDefaultAsync(cancellationToken) is not { } account)
            return LoginHistoryErrors.NoSuchAttempt;
        var plain = PlainText.ForStorage(text, LoginNote.LongestText + 1).Trim();
        if (plain.Length == 0)
            return LoginHistoryErrors.NoteNeeded;
        if (plain.Length > LoginNote.LongestText)
            return LoginHistoryErrors.NoteTooLong;

        transaction.Db.Add(new LoginNote { TenantId = actor.TenantId, AttemptId = attemptId, Author = actor.Name, At = transaction.Now, Text = plain });
        transaction.Audit(AuditAction.LoginNote, AttemptSubject.Of(attemptId, account), new AuditDetails().With(AuditField.Comment, plain));
        transaction.Announce(ChangeKind.LoginAttempt, actor.TenantId);
        await transaction.CommitAsync(cancellationToken);
        return Result.Success;
    }
}

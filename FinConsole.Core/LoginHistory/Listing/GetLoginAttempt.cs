using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.LoginHistory.Listing;

/// <summary>One attempt with everything around it.</summary>
/// <param name="Notes">Oldest first.</param>
/// <param name="OfAccount">The account's attempts next to it, newest first.</param>
/// <param name="FromIp">Everything else from its address next to it, newest first.</param>
/// <param name="LiveSessions">How many sessions the account has at this moment.</param>
/// <param name="ResetDemanded">Whether the account's owner was asked for a new password and has not chosen one yet.</param>
public sealed record LoginAttemptView(
    LoginRow Row, IReadOnlyList<NoteRow> Notes, IReadOnlyList<LoginRow> OfAccount, IReadOnlyList<LoginRow> FromIp, int LiveSessions, bool ResetDemanded);

public sealed record NoteRow(long Id, string Author, DateTimeOffset At, string Text);

/// <summary>Reads one attempt for its drawer.</summary>
public sealed class GetLoginAttempt(ConsoleDb db, LoginRows rows, PermissionGuard guard, TimeProvider time)
{
    /// <summary>How many neighbours of each kind.</summary>
    public const int Neighbours = 8;

    public async Task<Result<LoginAttemptView>> HandleAsync(long attemptId, Actor actor, CancellationToken cancellationToken)
    {
        if (await guard.CheckAsync(actor, Permission.ReadLoginHistory, ListLoginAttempts.Subject, cancellationToken) is { } refusal)
            return refusal;

        await using var context = db.Open(actor.TenantId);
        var attempts = context.Set<LoginAttempt>().AsNoTracking();
        if (await attempts.SingleOrDefaultAsync(row => row.Id == attemptId, cancellationToken) is not { } attempt)
            return LoginHistoryErrors.NoSuchAttempt;

        var ofAccount = await attempts.Where(row => row.Account == attempt.Account && row.Id != attemptId).OrderByDescending(row => row.At).ThenByDescending(row => row.Id).Take(Neighbours).ToListAsync(cancellationToken);
        var fromIp = attempt.Ip is null
            ? []
            : await attempts.Where(row => row.Ip == attempt.Ip && row.Id != attemptId).OrderByDescending(row => row.At).ThenByDescending(row => row.Id).Take(Neighbours).ToListAsync(cancellationToken);
        // One that is both is read once; the names of all are one query.
        IReadOnlyList<LoginAttempt> around = [.. ofAccount.Concat(fromIp).Prepend(attempt).DistinctBy(row => row.Id)];
        var shown = (await rows.OfAsync(context, around, cancellationToken)).ToDictionary(row => row.Id);
        var notes = await context.Set<LoginNote>().Where(note => note.AttemptId == attemptId).OrderBy(note => note.Id)
            .Select(note => new NoteRow(note.Id, note.Author, note.At, note.Text)).ToListAsync(cancellationToken);
        var account = await AccountAsync(context, attempt.MemberId, cancellationToken);
        return new LoginAttemptView(
            shown[attemptId], notes, [.. ofAccount.Select(row => shown[row.Id])], [.. fromIp.Select(row => shown[row.Id])], account.Sessions, account.ResetDemanded);
    }

    private async Task<(int Sessions, bool ResetDemanded)> AccountAsync(ConsoleDbContext context, Guid? memberId, CancellationToken cancellationToken)
    {
        if (memberId is not { } id)
            return default;
        var now = time.GetUtcNow();
        var sessions = await context.Set<MemberSession>().CountAsync(session => session.MemberId == id && session.EndedAt == null && session.ExpiresAt > now, cancellationToken);
        return (sessions, await context.Set<ConsoleUser>().AnyAsync(member => member.Id == id && member.MustResetPassword, cancellationToken));
    }
}

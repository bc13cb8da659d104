using FinConsole.Core.Audit;
using FinConsole.Core.Common;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn.Passwords;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.SignIn;

/// <summary>A new session, for the page to write into its cookie.</summary>
/// <param name="Theme">What the account prefers, for a browser that has no preference yet.</param>
public sealed record SignedIn(Guid SessionId, Guid MemberId, Guid TenantId, string Email, Role Role, ThemeChoice Theme, DateTimeOffset ExpiresAt);

/// <summary>Signs a member in with a password: session, login history and audit entry in one transaction.</summary>
public sealed class SignInWithPassword(PasswordCheck passwords, AuditedTransactions transactions, LoginRecorder recorder, TimeProvider time)
{
    public async Task<Result<SignedIn>> HandleAsync(string email, Secret password, RequestOrigin origin, CancellationToken cancellationToken)
    {
        var checkedPassword = await passwords.CheckAsync(new PasswordQuestion(email, password, WayIn.Console, origin), cancellationToken);
        if (!checkedPassword.Succeeded)
            return checkedPassword.Error;

        var member = checkedPassword.Value;
        var sessionId = Ids.New(time);
        var actor = new Actor(ActorKind.Account, member.TenantId, member.Id, member.Email, sessionId, origin);
        await using var transaction = await transactions.BeginUnguardedAsync(actor, cancellationToken);
        var session = NewSession(sessionId, member, origin, transaction.Now);

        // The account may have been deactivated, or its password changed, since the check: then this updates no row.
        var current = await transaction.Db.Set<ConsoleUser>()
            .Where(row => row.Id == member.Id && row.DeactivatedAt == null && row.SecurityStamp == member.Stamp)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastSignInAt, transaction.Now), cancellationToken);
        if (current == 0)
            return SignInErrors.InvalidCredentials;

        transaction.Db.Add(session);
        var account = new AttemptedAccount(member.TenantId, member.Id, member.Email);
        transaction.Db.Add(recorder.Attempt(account, WayIn.Console, LoginOutcome.Success, origin, sessionId));
        transaction.Audit(AuditAction.SessionStart, new AuditSubject(AuditResource.Session, sessionId, member.Email), new AuditDetails().With(AuditField.Device, session.Device));
        await transaction.CommitAsync(cancellationToken);

        var theme = await transaction.Db.Set<ConsoleUser>().Where(row => row.Id == member.Id).Select(row => row.Theme).SingleAsync(cancellationToken);
        return new SignedIn(sessionId, member.Id, member.TenantId, member.Email, member.Role, theme, session.ExpiresAt);
    }

    private static MemberSession NewSession(Guid id, CheckedMember member, RequestOrigin origin, DateTimeOffset now) => new()
    {
        Id = id,
        TenantId = member.TenantId,
        MemberId = member.Id,
        CreatedAt = now,
        LastSeenAt = now,
        ConfirmedAt = now,
        ExpiresAt = now + MemberSession.AbsoluteLimit,
        Ip = origin.Ip,
        Device = DeviceName.Parse(origin.UserAgent),
    };
}

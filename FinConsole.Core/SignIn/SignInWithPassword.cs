using FinConsole.Core.Common;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn.Passwords;
using FinConsole.Core.SignIn.SecondFactor;
using FinConsole.Core.SignIn.Sessions;
using FinConsole.Core.UseCases;

namespace FinConsole.Core.SignIn;

/// <summary>
/// Signs a member in with a password. Without a second factor: session, login history and audit entry in one transaction. With one:
/// a challenge that waits for it, and a line in login history that says so and that the second factor turns into the sign-in.
/// </summary>
public sealed class SignInWithPassword(
    PasswordCheck passwords, AuditedTransactions transactions, SignInChallenges challenges, LoginRecorder recorder, TimeProvider time)
{
    public async Task<Result<SignInProgress>> HandleAsync(string email, Secret password, RequestOrigin origin, CancellationToken cancellationToken)
    {
        var checkedPassword = await passwords.CheckAsync(new PasswordQuestion(email, password, SignInChannel.Console, origin), cancellationToken);
        if (!checkedPassword.Succeeded)
            return checkedPassword.Error;

        var member = checkedPassword.Value;
        // Who hangs up from here on takes back neither the attempt nor its line of history.
        cancellationToken = CancellationToken.None;
        if (member.HasMfa)
            return new SignInProgress(null, await challenges.IssueAsync(member, SignInChannel.Console, origin, cancellationToken));

        var actor = new Actor(ActorKind.Account, member.TenantId, member.Id, member.Email, Ids.New(time), origin);
        await using var transaction = await transactions.BeginUnguardedAsync(actor, cancellationToken);
        if (await SessionOpening.OpenAsync(transaction, new SessionOwner(member.Id, member.Stamp, SecondFactors.None), cancellationToken) is not { } session)
            return SignInErrors.InvalidCredentials;

        transaction.Db.Add(recorder.Attempt(new AttemptedAccount(member.TenantId, member.Id, member.Email), SignInChannel.Console, LoginOutcome.Success, origin, session.SessionId));
        await transaction.CommitAsync(cancellationToken);
        return new SignInProgress(session, null);
    }
}

using FinConsole.Core.Common;
using FinConsole.Core.Email;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.Members;
using FinConsole.Core.Mfa;
using FinConsole.Core.Policies;
using FinConsole.Core.SignIn.SecondFactor;
using FinConsole.Core.SignIn.Sessions;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.SignIn;

/// <summary>
/// Finishes a sign-in whose password was right. Code, challenge, session, audit entry and login history are one transaction: a code
/// is spent only by the session that it opens.
/// </summary>
public sealed class SignInWithSecondFactor(
    SignInChallenges challenges, SecondFactorCheck factors, AuditedTransactions transactions, EmailQueue emails, TimeProvider time)
{
    /// <param name="challenge">From the cookie.</param>
    /// <param name="code">As typed.</param>
    /// <param name="accepted">The app's codes on one page, recovery codes on the other.</param>
    /// <param name="origin">From where.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<SignedIn>> HandleAsync(Secret challenge, Secret code, SecondFactors accepted, RequestOrigin origin, CancellationToken cancellationToken)
    {
        if (await challenges.FindAsync(challenge, cancellationToken) is not { } found)
            return SignInErrors.ChallengeOver;

        var account = new AttemptedAccount(found.TenantId, found.MemberId, found.Email);
        var question = new SecondFactorQuestion(account, code, accepted, SignInChannel.Console, origin);
        var entered = await factors.EnterAsync(question, cancellationToken);
        if (!entered.Succeeded)
            return entered.Error;

        // Who hangs up from here on takes back neither the attempt nor its line of history.
        cancellationToken = CancellationToken.None;
        var answer = await TryAsync(found, entered.Value, cancellationToken);
        return answer.Error == SignInErrors.WrongCode ? await factors.RefuseAsync(question) : answer;
    }

    private async Task<Result<SignedIn>> TryAsync(FoundChallenge found, SecondFactorTry tried, CancellationToken cancellationToken)
    {
        var actor = new Actor(ActorKind.Account, found.TenantId, found.MemberId, found.Email, Ids.New(time), tried.Question.Origin);
        await using var transaction = await transactions.BeginUnguardedAsync(actor, cancellationToken);
        var factor = await factors.SpendAsync(transaction.Db, tried, transaction.Now, cancellationToken);
        if (factor == SecondFactors.None)
            return SignInErrors.WrongCode;
        if (!await SignInChallenges.TrySpendAsync(transaction.Db, found.Id, transaction.Now, cancellationToken)
            || await SessionOpening.OpenAsync(transaction, new SessionOwner(found.MemberId, found.Stamp, factor), cancellationToken) is not { } session)
        {
            return SignInErrors.ChallengeOver;
        }

        await FinishAttemptAsync(transaction, found.AttemptId, factor, session.SessionId, cancellationToken);
        var left = await RecoveryCodes.CountLeftAsync(transaction.Db, found.MemberId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (factor == SecondFactors.RecoveryCode)
            emails.Enqueue(MfaEmails.CodeUsed(found.Email, found.Name, transaction.Now, actor.Origin.Ip, left));
        return session;
    }

    // Password and code are one sign-in, and one line of history: the one that the password wrote. It is another fact now, and is
    // looked at anew.
    private static Task FinishAttemptAsync(AuditedTransaction transaction, long attemptId, SecondFactors factor, Guid sessionId, CancellationToken cancellationToken)
    {
        var outcome = SecondFactorLabels.Outcome(factor);
        return transaction.Db.Set<LoginAttempt>().Where(attempt => attempt.Id == attemptId && attempt.Outcome == LoginOutcome.MfaRequired)
            .ExecuteUpdateAsync(
                set => set.SetProperty(attempt => attempt.Outcome, outcome).SetProperty(attempt => attempt.SessionId, sessionId)
                    .SetProperty(attempt => attempt.FinishedAt, transaction.Now).SetProperty(attempt => attempt.Level, (RiskLevel?)null),
                cancellationToken);
    }
}

using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.Members;
using FinConsole.Core.Mfa;
using FinConsole.Core.SignIn.Passwords;

namespace FinConsole.Core.SignIn.SecondFactor;

/// <summary>A second factor to be checked, of a member whose password was right.</summary>
/// <param name="Member">Whose.</param>
/// <param name="Code">As typed.</param>
/// <param name="Accepted">What is taken here.</param>
/// <param name="Way">Through which door, for login history.</param>
/// <param name="Origin">From where.</param>
internal sealed record SecondFactorQuestion(AttemptedAccount Member, Secret Code, SecondFactors Accepted, SignInChannel Way, RequestOrigin Origin)
{
    public Guid MemberId => Member.MemberId ?? throw new InvalidOperationException("Unknown accounts have no second factor.");
}

/// <summary>A try that has its place in the count of failures.</summary>
/// <param name="Question">What is tried.</param>
/// <param name="Claim">The time step of the member's app whose code it is, where it is one.</param>
internal sealed record SecondFactorTry(SecondFactorQuestion Question, TotpClaim? Claim);

/// <summary>Kinds of second factor.</summary>
[Flags]
public enum SecondFactors
{
    None = 0,
    AuthenticatorApp = 1,
    RecoveryCode = 2,
    Either = AuthenticatorApp | RecoveryCode,
}

/// <summary>
/// The one place where second factors are checked, whatever the door, in three steps: take a place in the count of failures and look
/// at the code, spend it inside the transaction of what it is for, and record a failure once that transaction is undone.
/// </summary>
public sealed class SecondFactorCheck(ConsoleDb db, WriteQueue queue, TotpCodes codes, SignInLimiter limiter, LoginRecorder recorder, TimeProvider time)
{
    /// <summary>Takes a place in the count that leads to a lockout, before the code is looked at; refused when there is none.</summary>
    internal async Task<Result<SecondFactorTry>> EnterAsync(SecondFactorQuestion question, CancellationToken cancellationToken)
    {
        if (limiter.TryTake(question.Origin.Ip) is { } wait)
            return SignInErrors.TooManyTries(wait);

        // Who hangs up from here on takes back neither the attempt nor its line of history.
        cancellationToken = CancellationToken.None;
        await using var context = db.Open(question.Member.TenantId);
        LockoutPlace? place;
        using (await queue.EnterAsync(context.Dialect, cancellationToken))
            place = await Lockout.TryTakeAsync(context, question.MemberId, time.GetUtcNow(), cancellationToken);
        if (place is not null)
        {
            var looksAtApp = question.Accepted.HasFlag(SecondFactors.AuthenticatorApp);
            return new SecondFactorTry(question, looksAtApp ? await codes.FindAsync(context, question.MemberId, question.Code, time.GetUtcNow(), cancellationToken) : null);
        }

        await recorder.RecordAsync(recorder.Attempt(question.Member, question.Way, LoginOutcome.Locked, question.Origin));
        return SignInErrors.WrongCode;
    }

    /// <summary>Spends the code, and with it all counted failures. Which kind it was; none for a wrong one. The caller's transaction decides whether it happened.</summary>
    internal async Task<SecondFactors> SpendAsync(ConsoleDbContext context, SecondFactorTry tried, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var question = tried.Question;

        // The member's row first, as everything else that touches a second factor does: nobody waits for each other in a ring.
        await Lockout.ClearAsync(context, question.MemberId, cancellationToken);
        var spent = SecondFactors.None;
        if (tried.Claim is { } claim && await TotpCodes.TrySpendAsync(context, claim, cancellationToken))
            spent = SecondFactors.AuthenticatorApp;
        else if (question.Accepted.HasFlag(SecondFactors.RecoveryCode) && await RecoveryCodes.TrySpendAsync(context, question.MemberId, question.Code, now, cancellationToken))
            spent = SecondFactors.RecoveryCode;
        return spent;
    }

    /// <summary>All three steps, for a code that is spent on its own: what it is for is written elsewhere.</summary>
    internal async Task<Result<SecondFactors>> CheckAsync(SecondFactorQuestion question, CancellationToken cancellationToken)
    {
        var entered = await EnterAsync(question, cancellationToken);
        if (!entered.Succeeded)
            return entered.Error;

        // Who hangs up from here on takes back neither the attempt nor its line of history.
        cancellationToken = CancellationToken.None;
        SecondFactors spent;
        await using (var context = db.Open(question.Member.TenantId))
        using (await queue.EnterAsync(context.Dialect, cancellationToken))
        {
            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            spent = await SpendAsync(context, entered.Value, time.GetUtcNow(), cancellationToken);
            if (spent != SecondFactors.None)
                await transaction.CommitAsync(cancellationToken);
        }

        return spent == SecondFactors.None ? await RefuseAsync(question) : spent;
    }

    /// <summary>Records the failure. Not within a transaction of the caller's, which would undo it.</summary>
    internal async Task<Error> RefuseAsync(SecondFactorQuestion question)
    {
        await recorder.RecordAsync(recorder.Attempt(question.Member, question.Way, LoginOutcome.MfaFailed, question.Origin));
        return SignInErrors.WrongCode;
    }
}

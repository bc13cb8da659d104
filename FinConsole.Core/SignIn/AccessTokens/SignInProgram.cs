using FinConsole.Core.Common;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn.Passwords;
using FinConsole.Core.SignIn.SecondFactor;
using FinConsole.Core.SignIn.Sessions;
using FinConsole.Core.UseCases;

namespace FinConsole.Core.SignIn.AccessTokens;

/// <summary>
/// Signs a program in with a member's password, and the app's code where the member has a second factor. Session, first refresh
/// token, login history and audit entry are one transaction. Whoever lacks the code is told so; everything else is one answer.
/// </summary>
public sealed class SignInProgram(
    PasswordCheck passwords, SecondFactorCheck factors, RefreshTokens refreshTokens, SigningKeys keys, AccessTokenWriter writer, AuditedTransactions transactions,
    LoginRecorder recorder, TimeProvider time)
{
    /// <param name="email">As sent.</param>
    /// <param name="password">As sent.</param>
    /// <param name="code">What the app shows now; empty for none. Recovery codes are for people.</param>
    /// <param name="origin">From where.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="open">Decrypts what came encrypted; null where nothing does.</param>
    public async Task<Result<IssuedAccess>> HandleAsync(
        string email, Secret password, Secret code, RequestOrigin origin, CancellationToken cancellationToken, OpenSecret? open = null)
    {
        var checkedPassword = await passwords.CheckAsync(new PasswordQuestion(email, password, SignInChannel.Api, origin, Open: open), cancellationToken);
        if (!checkedPassword.Succeeded)
            return Hide(checkedPassword.Error);

        var member = checkedPassword.Value;
        var account = new AttemptedAccount(member.TenantId, member.Id, member.Email);
        // Who hangs up from here on takes back neither the attempt nor its line of history.
        cancellationToken = CancellationToken.None;
        // The form of a code is judged for everybody, as that of a password is: whether a second factor is on must not decide it.
        var readCode = await ReadCodeAsync(account, code, open, origin, cancellationToken);
        if (!readCode.Succeeded)
            return readCode.Error;
        if (!member.HasMfa)
            return await OpenAsync(member, null, origin, cancellationToken);
        if (code.IsEmpty)
        {
            await recorder.RecordAsync(recorder.Attempt(account, SignInChannel.Api, LoginOutcome.MfaRequired, origin));
            return SignInErrors.CodeNeeded;
        }

        var question = new SecondFactorQuestion(account, readCode.Value, SecondFactors.AuthenticatorApp, SignInChannel.Api, origin);
        var entered = await factors.EnterAsync(question, cancellationToken);
        if (!entered.Succeeded)
            return Hide(entered.Error);
        var answer = await OpenAsync(member, entered.Value, origin, cancellationToken);
        return answer.Error == SignInErrors.WrongCode ? Hide(await factors.RefuseAsync(question)) : answer;
    }

    private async Task<Result<Secret>> ReadCodeAsync(
        AttemptedAccount account, Secret code, OpenSecret? open, RequestOrigin origin, CancellationToken cancellationToken)
    {
        if (code.IsEmpty || open is null)
            return code;
        var opened = await open(code, account.TenantId, cancellationToken);
        if (opened.Text is { } text && !opened.PlaintextRefused)
            return text;
        var outcome = opened.Text is null ? LoginOutcome.Undecryptable : LoginOutcome.Unencrypted;
        await recorder.RecordAsync(recorder.Attempt(account, SignInChannel.Api, outcome, origin));
        return opened.Text is null ? SignInErrors.InvalidCredentials : SignInErrors.EncryptionRequired.On("Totp");
    }

    private async Task<Result<IssuedAccess>> OpenAsync(CheckedMember member, SecondFactorTry? tried, RequestOrigin origin, CancellationToken cancellationToken)
    {
        using var key = await keys.OpenAsync(cancellationToken);
        var actor = new Actor(ActorKind.Account, member.TenantId, member.Id, member.Email, Ids.New(time), origin);
        await using var transaction = await transactions.BeginUnguardedAsync(actor, cancellationToken);
        var factor = tried is null ? SecondFactors.None : await factors.SpendAsync(transaction.Db, tried, transaction.Now, cancellationToken);
        if (tried is not null && factor == SecondFactors.None)
            return SignInErrors.WrongCode;
        var owner = new SessionOwner(member.Id, member.Stamp, factor, SessionKind.Program);
        if (await SessionOpening.OpenAsync(transaction, owner, cancellationToken) is not { } session)
            return SignInErrors.InvalidCredentials;

        var refreshToken = refreshTokens.AddFirst(transaction.Db, session.SessionId, session.ExpiresAt);
        var account = new AttemptedAccount(member.TenantId, member.Id, member.Email);
        transaction.Db.Add(recorder.Attempt(account, SignInChannel.Api, SecondFactorLabels.Outcome(factor), origin, session.SessionId));
        await transaction.CommitAsync(cancellationToken);
        return new IssuedAccess(writer.Write(key, new ProgramSessionId(session.SessionId, member.Id, member.TenantId), session.Role, transaction.Now), refreshToken);
    }

    // Wrong password, wrong code, locked, deactivated, to be reset: a program cannot do anything about any of them.
    private static Error Hide(Error error) => error.Kind == ErrorKind.Unauthenticated ? SignInErrors.InvalidCredentials : error;
}

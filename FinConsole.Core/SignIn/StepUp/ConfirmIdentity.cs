using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Email;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.Members;
using FinConsole.Core.Mfa;
using FinConsole.Core.SignIn.Passwords;
using FinConsole.Core.SignIn.SecondFactor;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.SignIn.StepUp;

/// <summary>What the step-up dialog has to ask for.</summary>
/// <param name="Email">Whose password.</param>
/// <param name="HasMfa">A code as well.</param>
public sealed record ConfirmationForm(string Email, bool HasMfa);

/// <summary>
/// Step-up: the actor shows again who they are, with password and second factor, which counts for five minutes of this session.
/// A recovery code does in place of the app's, so that a lost phone does not shut its owner out of replacing it.
/// </summary>
public sealed class ConfirmIdentity(
    ConsoleDb db, PasswordCheck passwords, SecondFactorCheck factors, AuditedTransactions transactions, PermissionGuard guard, LoginRecorder recorder, EmailQueue emails)
{
    /// <summary>What this actor will be asked.</summary>
    public async Task<Result<ConfirmationForm>> AskAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (await guard.CheckAsync(actor, Permission.SetUpMfa, Subject(actor), cancellationToken, AuditAction.SessionConfirm) is { } refusal)
            return refusal;
        await using var context = db.Open(actor.TenantId);
        return await context.Set<ConsoleUser>().Where(member => member.Id == actor.Id)
            .Select(member => new ConfirmationForm(member.Email!, member.TwoFactorEnabled)).SingleAsync(cancellationToken);
    }

    public async Task<Result> HandleAsync(Secret password, Secret code, Actor actor, CancellationToken cancellationToken)
    {
        var form = await AskAsync(actor, cancellationToken);
        if (!form.Succeeded)
            return form.Error;
        if (password.IsEmpty)
            return SignInErrors.PasswordNeeded.On("Password");

        var answer = await passwords.CheckAsync(new PasswordQuestion(form.Value.Email, password, SignInChannel.StepUp, actor.Origin, actor.TenantId), cancellationToken);
        if (!answer.Succeeded)
            return answer.Error.Kind == ErrorKind.Unauthenticated ? SignInErrors.WrongCurrentPassword.On("Password") : answer.Error;
        // Who hangs up from here on takes back neither the attempt nor its line of history.
        cancellationToken = CancellationToken.None;
        if (!answer.Value.HasMfa)
            return await ConfirmAsync(actor, null, cancellationToken);
        if (code.IsEmpty)
            return SignInErrors.CodeNeeded.On("Code");

        var account = new AttemptedAccount(actor.TenantId, actor.Id, answer.Value.Email);
        var question = new SecondFactorQuestion(account, code, SecondFactors.Either, SignInChannel.StepUp, actor.Origin);
        var entered = await factors.EnterAsync(question, cancellationToken);
        if (!entered.Succeeded)
            return entered.Error.Kind == ErrorKind.Unauthenticated ? entered.Error.On("Code") : entered.Error;
        var confirmed = await ConfirmAsync(actor, entered.Value, cancellationToken);
        return confirmed.Error == SignInErrors.WrongCode ? (await factors.RefuseAsync(question)).On("Code") : confirmed;
    }

    private async Task<Result> ConfirmAsync(Actor actor, SecondFactorTry? tried, CancellationToken cancellationToken)
    {
        var begun = await transactions.BeginAsync(actor, Permission.SetUpMfa, AuditAction.SessionConfirm, Subject(actor), cancellationToken);
        if (!begun.Succeeded)
            return begun.Error;

        await using var transaction = begun.Value;
        var factor = SecondFactors.None;
        if (tried is not null)
        {
            factor = await factors.SpendAsync(transaction.Db, tried, transaction.Now, cancellationToken);
            if (factor == SecondFactors.None)
                return SignInErrors.WrongCode;
        }

        await transaction.Db.Set<MemberSession>().Where(session => session.Id == actor.SessionId && session.EndedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(session => session.ConfirmedAt, transaction.Now), cancellationToken);
        var to = await MfaRecipient.FindAsync(transaction.Db, actor.Id, cancellationToken);
        var account = new AttemptedAccount(actor.TenantId, actor.Id, to.Email);
        transaction.Db.Add(recorder.Attempt(account, SignInChannel.StepUp, SecondFactorLabels.Outcome(factor), actor.Origin, actor.SessionId));
        transaction.Audit(AuditAction.SessionConfirm, Subject(actor), new AuditDetails().With(AuditField.Method, SecondFactorLabels.Method(factor)));
        var left = await RecoveryCodes.CountLeftAsync(transaction.Db, actor.Id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (factor == SecondFactors.RecoveryCode)
            emails.Enqueue(MfaEmails.CodeUsed(to.Email, to.Name, transaction.Now, actor.Origin.Ip, left));
        return Result.Success;
    }

    private static AuditSubject Subject(Actor actor) => new(AuditResource.Session, actor.SessionId, actor.Name);
}

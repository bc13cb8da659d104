using FinConsole.Core.Audit;
using FinConsole.Core.Common;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn.Passwords;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.ApiTokens;

/// <summary>The cashier that a token will act as, proven by their own credentials (fincode-api-connections, "Cashier Email &amp; Password").</summary>
public sealed record CashierCredentials(string Email, Secret Password);

/// <summary>Checks a cashier's credentials. A wrong password counts towards that account's lockout and stands in login history.</summary>
public sealed class CashierCheck(PasswordCheck passwords, LoginRecorder recorder)
{
    internal async Task<Result<CheckedMember>> CheckAsync(CashierCredentials credentials, Actor actor, CancellationToken cancellationToken)
    {
        var question = new PasswordQuestion(credentials.Email, credentials.Password, WayIn.CashierCheck, actor.Origin, actor.TenantId, Role.Cashier);
        var answer = await passwords.CheckAsync(question, cancellationToken);
        return answer.Succeeded || answer.Error.Kind == ErrorKind.TooManyRequests ? answer : ApiTokenErrors.CashierRefused.On(nameof(CashierCredentials));
    }

    /// <summary>Within the transaction that makes the token: is the account still what was checked? Then the success is recorded.</summary>
    internal async Task<bool> StillHoldsAsync(AuditedTransaction transaction, CheckedMember cashier, CancellationToken cancellationToken)
    {
        var holds = await transaction.Db.Set<ConsoleUser>().AnyAsync(
            member => member.Id == cashier.Id && member.Role == Role.Cashier && member.DeactivatedAt == null && member.SecurityStamp == cashier.Stamp, cancellationToken);
        if (holds)
        {
            var account = new AttemptedAccount(cashier.TenantId, cashier.Id, cashier.Email);
            transaction.Db.Add(recorder.Attempt(account, WayIn.CashierCheck, LoginOutcome.Success, transaction.Actor.Origin));
        }

        return holds;
    }
}

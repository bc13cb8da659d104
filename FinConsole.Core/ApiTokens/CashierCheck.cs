using FinConsole.Core.Common;
using FinConsole.Core.EncryptionKeys.Decryption;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn.Passwords;
using FinConsole.Core.SignIn.SecondFactor;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.ApiTokens;

/// <summary>The cashier that a token will act as, proven by their own credentials (fincode-api-connections, "Cashier Email &amp; Password").</summary>
/// <param name="Code">From the cashier's authenticator app, where they have one.</param>
/// <param name="TypedInConsole">A person typed them into a form of this console: no policy demands that they come encrypted.</param>
public sealed record CashierCredentials(string Email, Secret Password, Secret? Code = null, bool TypedInConsole = false);

/// <summary>A cashier whose credentials were right, and what showed it.</summary>
internal sealed record CheckedCashier(CheckedMember Member, SecondFactors Factor)
{
    public Guid Id => Member.Id;

    public string Email => Member.Email;
}

/// <summary>Checks a cashier's credentials, which may come encrypted with the tenant's key. A wrong password or code counts towards that account's lockout and stands in login history.</summary>
public sealed class CashierCheck(PasswordCheck passwords, SecondFactorCheck factors, DecryptOwnSecret decrypt, LoginRecorder recorder)
{
    internal async Task<Result<CheckedCashier>> CheckAsync(CashierCredentials credentials, Actor actor, CancellationToken cancellationToken)
    {
        using var arrival = passwords.Arrive(credentials.Email, actor.TenantId);
        var password = await ReadAsync(credentials.Password, "CashierPassword");
        if (!password.Succeeded)
            return password.Error;
        var code = await ReadAsync(credentials.Code ?? new Secret(""), "CashierCode");
        if (!code.Succeeded)
            return code.Error;
        var question = new PasswordQuestion(credentials.Email, password.Value, SignInChannel.CashierCheck, actor.Origin, actor.TenantId, Role.Cashier) { Arrival = arrival };
        var answer = await passwords.CheckAsync(question, cancellationToken);
        if (!answer.Succeeded)
            return answer.Error.Kind == ErrorKind.TooManyRequests ? answer.Error : ApiTokenErrors.CashierRefused.On(nameof(CashierCredentials));
        return answer.Value.HasMfa ? await CheckCodeAsync(answer.Value, code.Value, actor, cancellationToken) : new CheckedCashier(answer.Value, SecondFactors.None);

        Task<Result<Secret>> ReadAsync(Secret sent, string field) =>
            decrypt.ReadAsync(sent, field, Permission.ManageTokens, actor, cancellationToken, credentials.TypedInConsole);
    }

    /// <summary>Within the transaction that makes the token: is the account still what was checked? Then the success is recorded.</summary>
    internal async Task<bool> StillHoldsAsync(AuditedTransaction transaction, CheckedCashier cashier, CancellationToken cancellationToken)
    {
        var holds = await transaction.Db.Set<ConsoleUser>().AnyAsync(
            member => member.Id == cashier.Id && member.Role == Role.Cashier && member.DeactivatedAt == null && member.SecurityStamp == cashier.Member.Stamp, cancellationToken);
        if (holds)
            transaction.Db.Add(recorder.Attempt(AccountOf(cashier.Member), SignInChannel.CashierCheck, SecondFactorLabels.Outcome(cashier.Factor), transaction.Actor.Origin));
        return holds;
    }

    // Recovery codes are for their owner alone, who may have lost a phone; a token is no emergency.
    private async Task<Result<CheckedCashier>> CheckCodeAsync(CheckedMember cashier, Secret code, Actor actor, CancellationToken cancellationToken)
    {
        if (code.IsEmpty)
            return ApiTokenErrors.CashierCodeNeeded.On("CashierCode");
        var question = new SecondFactorQuestion(AccountOf(cashier), code, SecondFactors.AuthenticatorApp, SignInChannel.CashierCheck, actor.Origin);
        var answer = await factors.CheckAsync(question, cancellationToken);
        if (answer.Succeeded)
            return new CheckedCashier(cashier, answer.Value);
        return answer.Error.Kind == ErrorKind.TooManyRequests ? answer.Error : ApiTokenErrors.CashierCodeRefused.On("CashierCode");
    }

    private static AttemptedAccount AccountOf(CheckedMember cashier) => new(cashier.TenantId, cashier.Id, cashier.Email);
}

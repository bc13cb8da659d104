using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn.Passwords;
using FinConsole.Core.Tenants;
using FinConsole.Core.UseCases;

namespace FinConsole.Core.SignIn.AccessTokens;

/// <summary>
/// Gives a program a new pair for its refresh token. One that comes back after its successor was used ends the family: whoever
/// stole it, or whoever it was stolen from, is at the door.
/// </summary>
public sealed class RefreshAccess(
    RefreshTokens tokens, SigningKeys keys, AccessTokenWriter writer, AuditedTransactions transactions, SignInLimiter limiter, LoginRecorder recorder)
{
    private const string Part = "Refresh tokens";

    public async Task<Result<IssuedAccess>> HandleAsync(Secret refreshToken, RequestOrigin origin, CancellationToken cancellationToken)
    {
        if (await tokens.FindAsync(refreshToken, cancellationToken) is not { } found)
            return await RefuseUnknownAsync(origin, cancellationToken);

        using var key = await keys.OpenAsync(cancellationToken);
        var actor = new Actor(ActorKind.Account, found.TenantId, found.MemberId, found.Email, found.SessionId, origin);
        RefreshResponse answer;
        await using (var transaction = await transactions.BeginUnguardedAsync(actor, cancellationToken))
        {
            (answer, var successor, var role) = await tokens.RenewAsync(transaction.Db, found, transaction.Now, cancellationToken);
            if (successor is not null)
            {
                transaction.Db.Add(Attempt(found, LoginOutcome.Success, origin));
                transaction.Audit(AuditAction.SessionRefresh, Subject(found), new AuditDetails());
                await transaction.CommitAsync(cancellationToken);
                return new IssuedAccess(writer.Write(key, new ProgramSessionId(found.SessionId, found.MemberId, found.TenantId), role, transaction.Now), successor);
            }
        }

        if (answer == RefreshResponse.Reused)
            await EndFamilyAsync(found, origin, cancellationToken);
        else
            await recorder.RecordAsync(Attempt(found, LoginOutcome.SessionOver, origin), cancellationToken);
        return AccessTokenErrors.InvalidRefreshToken;
    }

    // A try at guessing, so it counts as one; only those that are no refresh token of ours do, since a refresh needs no limit.
    private async Task<Error> RefuseUnknownAsync(RequestOrigin origin, CancellationToken cancellationToken)
    {
        if (limiter.TryTake(origin.Ip) is { } wait)
            return SignInErrors.TooManyTries(wait);
        var nobody = new AttemptedAccount(Tenant.Operator, null, "(unknown refresh token)");
        await recorder.RecordAsync(recorder.Attempt(nobody, SignInChannel.Refresh, LoginOutcome.UnknownAccount, origin), cancellationToken);
        return AccessTokenErrors.InvalidRefreshToken;
    }

    private async Task EndFamilyAsync(FoundRefreshToken found, RequestOrigin origin, CancellationToken cancellationToken)
    {
        // Not the member's doing, as far as anybody can tell.
        var program = Actor.System(found.TenantId, Part) with { Origin = origin };
        await using var transaction = await transactions.BeginUnguardedAsync(program, cancellationToken);
        var ended = await SessionEnding.EndAsync(transaction, session => session.Id == found.SessionId, SessionEnd.RefreshReused, cancellationToken);
        transaction.Db.Add(Attempt(found, LoginOutcome.RefreshReused, origin));
        transaction.Audit(AuditAction.SessionRefreshReuse, Subject(found), new AuditDetails().With(AuditField.Sessions, ended), AuditResult.Failure);
        await transaction.CommitAsync(cancellationToken);
    }

    private LoginAttempt Attempt(FoundRefreshToken found, LoginOutcome outcome, RequestOrigin origin) =>
        recorder.Attempt(new AttemptedAccount(found.TenantId, found.MemberId, found.Email), SignInChannel.Refresh, outcome, origin, found.SessionId);

    private static AuditSubject Subject(FoundRefreshToken found) => new(AuditResource.Session, found.SessionId, found.Email);
}

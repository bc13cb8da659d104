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
    RefreshTokens tokens, SigningKeys keys, AccessTokenWriter writer, AuditedTransactions transactions, SignInLimiter tries, RefreshLimiter refreshes,
    LoginRecorder recorder)
{
    private const string Part = "Refresh tokens";

    public async Task<Result<IssuedAccess>> HandleAsync(Secret refreshToken, RequestOrigin origin, CancellationToken cancellationToken)
    {
        if (await tokens.FindAsync(refreshToken, cancellationToken) is not { } found)
            return await RefuseUnknownAsync(origin);
        // One whose session is over opens nothing any more: it counts as a try, and takes nothing from what its owner may do.
        if ((found.Live ? refreshes.TryTake(found.MemberId) : tries.TryTake(origin.Ip)) is { } wait)
            return SignInErrors.TooManyTries(wait);

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
            await EndFamilyAsync(found, origin);
        else
            await recorder.RecordAsync(Attempt(found, LoginOutcome.SessionOver, origin));
        return AccessTokenErrors.InvalidRefreshToken;
    }

    // A try at guessing, so it counts as one.
    private async Task<Error> RefuseUnknownAsync(RequestOrigin origin)
    {
        if (tries.TryTake(origin.Ip) is { } wait)
            return SignInErrors.TooManyTries(wait);
        var nobody = new AttemptedAccount(Tenant.Operator, null, "(unknown refresh token)");
        await recorder.RecordAsync(recorder.Attempt(nobody, SignInChannel.Refresh, LoginOutcome.UnknownAccount, origin));
        return AccessTokenErrors.InvalidRefreshToken;
    }

    // Whether anybody waits for it or not: who hangs up does not keep the family alive.
    private async Task EndFamilyAsync(FoundRefreshToken found, RequestOrigin origin)
    {
        // Not the member's doing, as far as anybody can tell.
        var program = Actor.System(found.TenantId, Part) with { Origin = origin };
        await using var transaction = await transactions.BeginUnguardedAsync(program, CancellationToken.None);
        var ended = await SessionEnding.EndAsync(transaction, session => session.Id == found.SessionId, SessionEnd.RefreshReused, CancellationToken.None);
        transaction.Db.Add(Attempt(found, LoginOutcome.RefreshReused, origin));
        transaction.Audit(AuditAction.SessionRefreshReuse, Subject(found), new AuditDetails().With(AuditField.Sessions, ended), AuditResult.Failure);
        await transaction.CommitAsync(CancellationToken.None);
    }

    private LoginAttempt Attempt(FoundRefreshToken found, LoginOutcome outcome, RequestOrigin origin) =>
        recorder.Attempt(new AttemptedAccount(found.TenantId, found.MemberId, found.Email), SignInChannel.Refresh, outcome, origin, found.SessionId);

    private static AuditSubject Subject(FoundRefreshToken found) => new(AuditResource.Session, found.SessionId, found.Email);
}

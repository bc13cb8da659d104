using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn.Passwords;
using FinConsole.Core.UseCases;

namespace FinConsole.Core.SignIn.AccessTokens;

/// <summary>
/// Ends the session of an access token or refresh token for whoever shows one (RFC 7009), and with it all tokens of that session: access
/// tokens are good while their session lives, and none can end alone (RFC 7009 2.1 asks for no less of a refresh token).
/// </summary>
public sealed class RevokeAccess(
    AccessTokenVerifier verifier, RefreshTokens tokens, AuditedTransactions transactions, SignInLimiter tries, RefreshLimiter refreshes,
    LoginRecorder recorder)
{
    /// <summary>Ending what has ended, or what never was, is no error and leaves no entry.</summary>
    /// <param name="token">An access token or a refresh token, used or not; anything else is none.</param>
    /// <param name="service">The operator's server that asks; null where the token asks for its own end.</param>
    /// <param name="origin">From where.</param>
    /// <param name="cancellationToken">Gives up; what is committed stays.</param>
    /// <returns><see cref="SignInErrors.TooManyTries"/>, for refresh tokens: each costs a query.</returns>
    public async Task<Result> HandleAsync(Secret token, Actor? service, RequestOrigin origin, CancellationToken cancellationToken)
    {
        if (RefreshToken.HashOf(token) is null)
        {
            if ((await verifier.VerifyAsync(token.Reveal(), cancellationToken)).Value is { } session)
                await EndAsync(session.ToActor(origin), service, cancellationToken);
            return Result.Success;
        }

        var found = await tokens.FindAsync(token, cancellationToken);
        if (service is null && Take(found, origin) is { } wait)
            return SignInErrors.TooManyTries(wait);
        if (found is { Live: true })
            await EndAsync(new Actor(ActorKind.Account, found.TenantId, found.MemberId, found.Email, found.SessionId, origin), service, cancellationToken);
        return Result.Success;
    }

    // As for refreshing: an unknown one is a try at guessing.
    private TimeSpan? Take(FoundRefreshToken? found, RequestOrigin origin) =>
        found is { Live: true } ? refreshes.TryTake(found.MemberId) : tries.TryTake(origin.Ip);

    private async Task EndAsync(Actor owner, Actor? service, CancellationToken cancellationToken)
    {
        var sessionId = owner.SessionId!.Value;
        var actor = service is null ? owner : service with { TenantId = owner.TenantId };
        await using var transaction = await transactions.BeginUnguardedAsync(actor, cancellationToken);
        var ended = await SessionEnding.EndAsync(
            transaction, session => session.Id == sessionId && session.MemberId == owner.Id, SessionEnd.SignedOut, cancellationToken);
        if (ended == 0)
            return;

        // Of the member's own doing alone: what a server did is in the audit log.
        if (service is null)
        {
            var account = new AttemptedAccount(owner.TenantId, owner.Id, owner.Name);
            transaction.Db.Add(recorder.Attempt(account, SignInChannel.Api, LoginOutcome.SignedOut, owner.Origin, sessionId));
        }

        var subject = new AuditSubject(AuditResource.Session, sessionId, owner.Name);
        transaction.Audit(AuditAction.SessionEnd, subject, new AuditDetails().With(AuditField.Reason, SessionEnd.SignedOut));
        await transaction.CommitAsync(cancellationToken);
    }
}

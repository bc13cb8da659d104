using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn;
using FinConsole.Core.SignIn.Passwords;
using FinConsole.Core.UseCases;

namespace FinConsole.Core.Team;

/// <param name="Link">The secret in the link.</param>
/// <param name="Name">1 to 80 characters.</param>
/// <param name="Password">As <see cref="PasswordRules"/> demand.</param>
public sealed record AcceptInvitationRequest(Secret Link, string Name, Secret Password);

/// <summary>
/// Makes the invited person a member. It opens no session: they sign in next, through the one door that knows lockout, second
/// factor and login history.
/// </summary>
public sealed class AcceptInvitation(InvitationLinks links, SignInLimiter limiter, NewPassword newPassword, NewMember newMember, AuditedTransactions transactions)
{
    /// <summary>What the link offers; null when it can no longer be used, to say so before anybody thinks up a password.</summary>
    public Task<FoundInvitation?> FindAsync(Secret link, CancellationToken cancellationToken) => links.FindAsync(link, cancellationToken);

    /// <summary>Returns the address to sign in with.</summary>
    public async Task<Result<string>> HandleAsync(AcceptInvitationRequest request, RequestOrigin origin, CancellationToken cancellationToken)
    {
        if (limiter.TryTake(origin.Ip) is { } wait)
            return SignInErrors.TooManyTries(wait);
        if (await links.FindAsync(request.Link, cancellationToken) is not { } found)
            return SignInErrors.LinkUsedUp;
        if (PlainText.Fault(request.Name, ConsoleUser.LongestName) is { } fault)
            return Error.Invalid(new Dictionary<string, string> { [nameof(request.Name)] = fault });

        var owner = new PasswordOwner(request.Name, found.Email, found.Tenant, HasMfa: false);
        var hashed = await newPassword.HashAsync(request.Password, owner, cancellationToken);
        if (!hashed.Succeeded)
            return hashed.Error;
        return await JoinAsync(found, request, hashed.Value, origin, cancellationToken);
    }

    private async Task<Result<string>> JoinAsync(FoundInvitation found, AcceptInvitationRequest request, string passwordHash, RequestOrigin origin, CancellationToken cancellationToken)
    {
        var member = newMember.Make(found.TenantId, request.Name, found.Email, found.Role, passwordHash);
        var actor = new Actor(ActorKind.Account, found.TenantId, member.Id, found.Email, null, origin);
        await using var transaction = await transactions.BeginUnguardedAsync(actor, cancellationToken);

        // The same link, and not only the same invitation: it may have been sent again meanwhile.
        var hash = Invitation.HashOf(request.Link);
        var mine = transaction.Db.Set<Invitation>().Where(row => row.Id == found.Id && row.Hash == hash && row.ExpiresAt > transaction.Now);
        if (!await InvitationLinks.TryEndAsync(transaction, mine, InvitationEnd.Accepted, cancellationToken))
            return SignInErrors.LinkUsedUp;
        transaction.Db.Add(member);
        if (!await transaction.TrySaveAsync(cancellationToken))
            return TeamErrors.AddressTaken;

        transaction.Audit(
            AuditAction.MemberInviteAccept,
            TeamChanges.Subject(member),
            new AuditDetails().With(AuditField.Name, member.DisplayName).With(AuditField.Role, member.Role));
        transaction.Announce(ChangeKind.Member, member.Id);
        await transaction.CommitAsync(cancellationToken);
        return found.Email;
    }
}

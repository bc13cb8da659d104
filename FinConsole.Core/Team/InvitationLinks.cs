using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Email;
using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Team;

/// <summary>An invitation as whoever holds its link sees it.</summary>
public sealed record FoundInvitation(Guid Id, Guid TenantId, string Tenant, string Email, string? Name, Role Role, string InvitedBy, DateTimeOffset ExpiresAt);

/// <summary>Makes invitations' links, finds invitations by them, and ends each once.</summary>
public sealed class InvitationLinks(ConsoleDb db, ConsoleAddress address, TimeProvider time)
{
    internal const string Path = "/account/accept-invitation";

    /// <summary>Adds an invitation to the transaction.</summary>
    internal NewInvitation Add(AuditedTransaction transaction, string email, string? name, Role role, string inviter)
    {
        var secret = Invitation.NewSecret();
        var invitation = new Invitation
        {
            Id = Ids.New(time),
            TenantId = transaction.Actor.TenantId,
            Email = Emails.Canonical(email),
            Name = name is null ? null : PlainText.Clean(name),
            Role = role,
            Hash = Invitation.HashOf(secret),
            InvitedById = transaction.Actor.Kind == ActorKind.Account ? transaction.Actor.Id : null,
            InvitedBy = inviter,
            CreatedAt = transaction.Now,
            SentAt = transaction.Now,
            ExpiresAt = transaction.Now + Invitation.LinkLife,
        };
        transaction.Db.Add(invitation);
        return new NewInvitation(invitation.Id, invitation.Email, LinkOf(secret), invitation.ExpiresAt);
    }

    /// <summary>Gives a pending invitation a new link, which kills the one before; null when there is no such invitation any more.</summary>
    internal async Task<NewInvitation?> RenewAsync(AuditedTransaction transaction, Guid id, string email, CancellationToken cancellationToken)
    {
        var secret = Invitation.NewSecret();
        var (hash, expires) = (Invitation.HashOf(secret), transaction.Now + Invitation.LinkLife);
        var renewed = await transaction.Db.Set<Invitation>().Where(invitation => invitation.Id == id && invitation.EndedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(invitation => invitation.Hash, hash).SetProperty(invitation => invitation.SentAt, transaction.Now)
                .SetProperty(invitation => invitation.ExpiresAt, expires),
            cancellationToken);
        return renewed == 0 ? null : new NewInvitation(id, email, LinkOf(secret), expires);
    }

    /// <summary>Ends a pending invitation; false when it had ended before.</summary>
    internal static async Task<bool> TryEndAsync(AuditedTransaction transaction, IQueryable<Invitation> which, InvitationEnd reason, CancellationToken cancellationToken) =>
        await which.Where(invitation => invitation.EndedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(invitation => invitation.EndedAt, transaction.Now).SetProperty(invitation => invitation.EndReason, reason), cancellationToken) > 0;

    /// <summary>The invitation that this link can still accept; null for a spent, expired, replaced or unknown one, or a closed tenant's.</summary>
    internal async Task<FoundInvitation?> FindAsync(Secret secret, CancellationToken cancellationToken)
    {
        var hash = Invitation.HashOf(secret);
        var now = time.GetUtcNow();
        await using var context = db.OpenForOperator();
        return await (
            from invitation in context.Set<Invitation>().IgnoreQueryFilters([ConsoleDbContext.TenantFilter])
            join tenant in context.Set<Tenant>() on invitation.TenantId equals tenant.Id
            where invitation.Hash == hash && invitation.EndedAt == null && invitation.ExpiresAt > now && tenant.ClosedAt == null
            select new FoundInvitation(
                invitation.Id, invitation.TenantId, tenant.Name, invitation.Email, invitation.Name, invitation.Role, invitation.InvitedBy, invitation.ExpiresAt))
            .SingleOrDefaultAsync(cancellationToken);
    }

    private Secret LinkOf(Secret secret) => new(address.Of(Path, secret));
}

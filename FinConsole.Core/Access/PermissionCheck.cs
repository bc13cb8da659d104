using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Access;

/// <summary>Reads, at the moment of use, whether an actor's session lives and its role has the right.</summary>
internal static class PermissionCheck
{
    public static async Task<Error?> FindRefusalAsync(ConsoleDbContext context, Actor actor, Permission permission, Proof proof, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (actor.Kind == ActorKind.System)
            return null;
        if (actor.Granted is { } granted)
            return granted.Contains(permission) ? null : AccessErrors.ScopeMissing(permission);

        var found = await (
            from session in context.Set<MemberSession>().Where(SessionLimits.MayLive(now))
            join member in context.Set<ConsoleUser>() on session.MemberId equals member.Id
            join tenant in context.Set<Tenant>() on member.TenantId equals tenant.Id
            where session.Id == actor.SessionId && member.Id == actor.Id
                && member.DeactivatedAt == null && tenant.ClosedAt == null
            select new
            {
                member.Role,
                session.Kind,
                session.ConfirmedAt,
                session.CreatedAt,
                session.LastSeenAt,
                session.ExpiresAt,
                Limits = new SessionLimits(tenant.SessionIdleMinutes, tenant.SessionHours),
                LacksMfa = tenant.RequiresMfa && !member.TwoFactorEnabled,
            }).SingleOrDefaultAsync(cancellationToken);

        if (found is null || found.Limits.EndOf(found.Kind, found.CreatedAt, found.LastSeenAt, found.ExpiresAt) <= now)
            return AccessErrors.SessionEnded;
        if (!found.Role.May(permission))
            return AccessErrors.Forbidden(found.Role);
        if (found.LacksMfa && permission != Permission.SetUpMfa)
            return AccessErrors.MfaNeeded;
        return proof == Proof.Recent && now - found.ConfirmedAt > MemberSession.ConfirmationLife ? AccessErrors.ConfirmationNeeded : null;
    }
}

using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Audit;

/// <summary>Reads, at the moment of use, whether an actor's session lives and its role has the right.</summary>
internal static class RightsCheck
{
    public static async Task<Error?> FindRefusalAsync(ConsoleDbContext context, Actor actor, Right right, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (actor.Kind == ActorKind.System)
            return null;

        var idleSince = now - MemberSession.IdleLimit;
        var role = await (
            from session in context.Set<MemberSession>()
            join member in context.Set<ConsoleUser>() on session.MemberId equals member.Id
            join tenant in context.Set<Tenant>() on member.TenantId equals tenant.Id
            where session.Id == actor.SessionId && member.Id == actor.Id
                && session.EndedAt == null && session.ExpiresAt > now && session.LastSeenAt > idleSince
                && member.DeactivatedAt == null && tenant.ClosedAt == null
            select (Role?)member.Role).SingleOrDefaultAsync(cancellationToken);

        return role switch
        {
            null => AccessErrors.SessionEnded,
            { } known when known.May(right) => null,
            { } known => AccessErrors.Forbidden(known),
        };
    }
}

using FinConsole.Core.Access;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.SignIn.Sessions;

/// <summary>One of the member's own live sessions.</summary>
/// <param name="EndsAt">When it ends unless something happens in it first.</param>
/// <param name="Current">The one that asks.</param>
public sealed record SessionItem(Guid Id, SessionKind Kind, string? Device, string? Ip, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, DateTimeOffset EndsAt, bool Current);

/// <summary>Lists the actor's own live sessions, the current one first, then by last activity.</summary>
public sealed class ListSessions(ConsoleDb db, PermissionGuard guard, TimeProvider time)
{
    /// <summary>More than anybody keeps open; what lies beyond is older and can be ended with "all others".</summary>
    public const int Most = 100;

    public async Task<Result<IReadOnlyList<SessionItem>>> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        var refusal = await guard.CheckAsync(actor, Permission.UseOwnAccount, new AuditSubject(AuditResource.Member, actor.Id, actor.Name), cancellationToken);
        if (refusal is not null)
            return refusal;

        await using var context = db.Open(actor.TenantId);
        var limits = await TenantSessions.LimitsAsync(context, cancellationToken);
        var sessions = await context.Set<MemberSession>().AsNoTracking()
            .Where(limits.Live(time.GetUtcNow()))
            .Where(session => session.MemberId == actor.Id)
            .OrderByDescending(session => session.LastSeenAt)
            .Take(Most)
            .Select(session => new SessionItem(
                session.Id, session.Kind, session.Device, session.Ip, session.CreatedAt, session.LastSeenAt,
                limits.EndOf(session.Kind, session.CreatedAt, session.LastSeenAt, session.ExpiresAt), session.Id == actor.SessionId))
            .ToListAsync(cancellationToken);
        return sessions.OrderByDescending(session => session.Current).ToList();
    }
}

using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.SignIn.Sessions;

/// <summary>A live session and whose it is, as of now.</summary>
/// <param name="MfaDue">The tenant requires a second factor and this member has none: setting one up is all that is left.</param>
public sealed record LiveSession(
    Guid SessionId, Guid MemberId, Guid TenantId, string TenantName, string Name, string Email, Role Role, string? TimeZone, ThemeChoice Theme, DateTimeOffset ExpiresAt,
    bool MfaDue);

/// <summary>
/// Decides whether a cookie's session lives: not ended, not idle for 30 minutes, not older than 12 hours, its member active and
/// tenant open. One query by primary key, and at most one small write a minute to note the activity.
/// </summary>
public sealed class CheckSession(ConsoleDb db, WriteQueue queue, TimeProvider time)
{
    private static readonly TimeSpan NoteActivityEvery = TimeSpan.FromMinutes(1);

    /// <summary>The session, or null when it is over.</summary>
    public async Task<LiveSession?> FindAsync(Guid tenantId, Guid sessionId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = db.Open(tenantId);
        var found = await Live(context, sessionId, now)
            .Select(row => new
            {
                row.Session.LastSeenAt,
                Live = new LiveSession(
                    row.Session.Id, row.Member.Id, row.Member.TenantId, row.Tenant.Name, row.Member.DisplayName, row.Member.Email!, row.Member.Role,
                    row.Member.TimeZone, row.Member.Theme, row.Session.ExpiresAt, row.Tenant.RequiresMfa && !row.Member.TwoFactorEnabled),
            })
            .SingleOrDefaultAsync(cancellationToken);
        if (found is null)
            return null;

        if (now - found.LastSeenAt >= NoteActivityEvery)
            await TouchAsync(context, sessionId, now, cancellationToken);
        return found.Live;
    }

    /// <summary>Whether the session lives. Asking is no activity.</summary>
    public async Task<bool> IsLiveAsync(Guid tenantId, Guid sessionId, CancellationToken cancellationToken)
    {
        await using var context = db.Open(tenantId);
        return await Live(context, sessionId, time.GetUtcNow()).AnyAsync(cancellationToken);
    }

    /// <summary>Whether the session may do nothing any more but set up a second factor. Asking is no activity.</summary>
    public async Task<bool> IsMfaDueAsync(Guid tenantId, Guid sessionId, CancellationToken cancellationToken)
    {
        await using var context = db.Open(tenantId);
        return await Live(context, sessionId, time.GetUtcNow()).AnyAsync(row => row.Tenant.RequiresMfa && !row.Member.TwoFactorEnabled, cancellationToken);
    }

    /// <summary>Notes activity in a live page; false when the session is over.</summary>
    public async Task<bool> TouchAsync(Guid tenantId, Guid sessionId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = db.Open(tenantId);
        if (!await Live(context, sessionId, now).AnyAsync(cancellationToken))
            return false;
        await TouchAsync(context, sessionId, now, cancellationToken);
        return true;
    }

    private async Task TouchAsync(ConsoleDbContext context, Guid sessionId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var turn = await queue.EnterAsync(context.Dialect, cancellationToken);
        await context.Set<MemberSession>().Where(session => session.Id == sessionId && session.EndedAt == null && session.LastSeenAt < now)
            .ExecuteUpdateAsync(set => set.SetProperty(session => session.LastSeenAt, now), cancellationToken);
    }

    private static IQueryable<SessionRow> Live(ConsoleDbContext context, Guid sessionId, DateTimeOffset now)
    {
        var idleSince = now - MemberSession.IdleLimit;
        return from session in context.Set<MemberSession>()
               join member in context.Set<ConsoleUser>() on session.MemberId equals member.Id
               join tenant in context.Set<Tenant>() on member.TenantId equals tenant.Id
               where session.Id == sessionId && session.EndedAt == null && session.ExpiresAt > now && session.LastSeenAt > idleSince
                   && member.DeactivatedAt == null && tenant.ClosedAt == null
               select new SessionRow { Session = session, Member = member, Tenant = tenant };
    }

    private sealed class SessionRow
    {
        public required MemberSession Session { get; init; }

        public required ConsoleUser Member { get; init; }

        public required Tenant Tenant { get; init; }
    }
}

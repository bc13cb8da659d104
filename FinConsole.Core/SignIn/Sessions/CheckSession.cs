using System.Linq.Expressions;
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

/// <summary>When a session ends unless somebody does something first.</summary>
/// <param name="At">The end, by idleness or by the session's longest life, whichever comes first.</param>
/// <param name="Idle">How long the tenant lets a session live without activity.</param>
public sealed record SessionEndTime(DateTimeOffset At, TimeSpan Idle);

/// <summary>
/// Decides whether a cookie's session lives (no program's): not ended, neither idle nor open for longer than its tenant allows, its member active
/// and tenant open. One query by primary key, and at most one small write a minute to note the activity.
/// </summary>
public sealed class CheckSession(ConsoleDb db, WriteQueue queue, TimeProvider time)
{
    private const int MostInOneQuery = 1000;
    private const int NotesInIdleTime = 5;
    private static readonly TimeSpan NoteActivityEvery = TimeSpan.FromMinutes(1);

    /// <summary>The session, or null when it is over.</summary>
    /// <param name="tenantId">Whose session.</param>
    /// <param name="sessionId">Which.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="countsAsActivity">False for what no person asked for: polls, reconnections, pages that reload by themselves.</param>
    public async Task<LiveSession?> FindAsync(Guid tenantId, Guid sessionId, CancellationToken cancellationToken, bool countsAsActivity = true)
    {
        var now = time.GetUtcNow();
        await using var context = db.Open(tenantId);
        var found = await FindAsync(context, sessionId, now, cancellationToken);
        if (found is null)
            return null;

        if (countsAsActivity && now - found.LastSeenAt >= found.NoteEvery)
            await TouchAsync(context, sessionId, now, cancellationToken);
        return found.Live;
    }

    /// <summary>When the session ends unless somebody does something first; null when it is over. Asking is no activity.</summary>
    public async Task<SessionEndTime?> FindEndAsync(Guid tenantId, Guid sessionId, CancellationToken cancellationToken)
    {
        await using var context = db.Open(tenantId);
        return await FindAsync(context, sessionId, time.GetUtcNow(), cancellationToken) is { } found ? new SessionEndTime(found.EndsAt, found.Limits.Idle) : null;
    }

    /// <summary>Whether the session lives. Asking is no activity.</summary>
    public async Task<bool> IsLiveAsync(Guid tenantId, Guid sessionId, CancellationToken cancellationToken)
    {
        await using var context = db.Open(tenantId);
        return await FindAsync(context, sessionId, time.GetUtcNow(), cancellationToken) is not null;
    }

    /// <summary>
    /// Those of the sessions that live, of whichever tenants, each with whether it may do nothing any more but set up a second factor.
    /// One query for a thousand of them. Asking is no activity.
    /// </summary>
    public async Task<IReadOnlyDictionary<Guid, bool>> FindMfaDueAsync(IReadOnlyCollection<Guid> sessionIds, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var live = new Dictionary<Guid, bool>();
        await using var context = db.OpenForOperator();
        foreach (var ids in sessionIds.Chunk(MostInOneQuery))
        {
            var rows = Rows(context, session => ids.Contains(session.Id), now).IgnoreQueryFilters([ConsoleDbContext.TenantFilter]);
            foreach (var row in await rows.ToListAsync(cancellationToken))
            {
                if (row.LivesAt(now))
                    live.Add(row.Live.SessionId, row.Live.MfaDue);
            }
        }

        return live;
    }

    /// <summary>Notes activity in a live page; false when the session is over.</summary>
    public async Task<bool> TouchAsync(Guid tenantId, Guid sessionId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = db.Open(tenantId);
        if (await FindAsync(context, sessionId, now, cancellationToken) is null)
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

    private static async Task<SessionRow?> FindAsync(ConsoleDbContext context, Guid sessionId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var row = await Rows(context, session => session.Id == sessionId, now).SingleOrDefaultAsync(cancellationToken);
        return row?.LivesAt(now) == true ? row : null;
    }

    private static IQueryable<SessionRow> Rows(ConsoleDbContext context, Expression<Func<MemberSession, bool>> which, DateTimeOffset now) =>
        from session in context.Set<MemberSession>().Where(which).Where(SessionLimits.MayLive(now))
        join member in context.Set<ConsoleUser>() on session.MemberId equals member.Id
        join tenant in context.Set<Tenant>() on member.TenantId equals tenant.Id
        where session.Kind == SessionKind.Browser && member.DeactivatedAt == null && tenant.ClosedAt == null
        select new SessionRow
        {
            CreatedAt = session.CreatedAt,
            LastSeenAt = session.LastSeenAt,
            Limits = new SessionLimits(tenant.SessionIdleMinutes, tenant.SessionHours),
            Live = new LiveSession(
                session.Id, member.Id, member.TenantId, tenant.Name, member.DisplayName, member.Email!, member.Role, member.TimeZone, member.Theme,
                session.ExpiresAt, tenant.RequiresMfa && !member.TwoFactorEnabled),
        };

    private sealed class SessionRow
    {
        public DateTimeOffset CreatedAt { get; init; }

        public DateTimeOffset LastSeenAt { get; init; }

        public required SessionLimits Limits { get; init; }

        public required LiveSession Live { get; init; }

        public DateTimeOffset EndsAt => Limits.EndOf(SessionKind.Browser, CreatedAt, LastSeenAt, Live.ExpiresAt);

        public TimeSpan NoteEvery => Limits.Idle / NotesInIdleTime < NoteActivityEvery ? Limits.Idle / NotesInIdleTime : NoteActivityEvery;

        public bool LivesAt(DateTimeOffset now) => EndsAt > now;
    }
}

using System.Linq.Expressions;
using FinConsole.Core.Tenants;

namespace FinConsole.Core.Members;

/// <summary>
/// How long a tenant lets its members' sessions live in browsers; programs stay signed in for <see cref="MemberSession.ProgramLife"/>. What changes it must end those that it makes over: nothing else keeps a later, longer limit from reviving them.
/// </summary>
/// <param name="IdleMinutes">Ends after so long without activity; 5 to 60.</param>
/// <param name="Hours">Ends after so long however busy it is; 1 to 24.</param>
public sealed record SessionLimits(int IdleMinutes, int Hours)
{
    public const int ShortestIdleMinutes = 5;
    public const int LongestIdleMinutes = 60;
    public const int ShortestHours = 1;
    public const int LongestHours = 24;

    /// <summary>security.md: 30 minutes, 12 hours.</summary>
    public static readonly SessionLimits Default = new(Tenant.DefaultSessionIdleMinutes, Tenant.DefaultSessionHours);

    public TimeSpan Idle => TimeSpan.FromMinutes(IdleMinutes);

    public TimeSpan Absolute => TimeSpan.FromHours(Hours);

    /// <summary>
    /// Leaves out what is over by any tenant's limits. Limits that stand in the same query cannot be subtracted from the time in SQL,
    /// where times are numbers: the caller reads them along and asks <see cref="EndOf"/>.
    /// </summary>
    public static Expression<Func<MemberSession, bool>> MayLive(DateTimeOffset now)
    {
        var idleSince = now.AddMinutes(-LongestIdleMinutes);
        return session => session.EndedAt == null && session.ExpiresAt > now && (session.Kind == SessionKind.Program || session.LastSeenAt > idleSince);
    }

    /// <summary>The sessions that live by these limits.</summary>
    public Expression<Func<MemberSession, bool>> Live(DateTimeOffset now)
    {
        var (idleSince, createdSince) = (now - Idle, now - Absolute);
        return session => session.EndedAt == null && session.ExpiresAt > now
            && (session.Kind == SessionKind.Program || (session.LastSeenAt > idleSince && session.CreatedAt > createdSince));
    }

    /// <summary>The sessions that these limits alone have ended, and longer ones would revive.</summary>
    public Expression<Func<MemberSession, bool>> Over(DateTimeOffset now)
    {
        var (idleSince, createdSince) = (now - Idle, now - Absolute);
        return session => session.EndedAt == null && session.ExpiresAt > now
            && session.Kind != SessionKind.Program && (session.LastSeenAt <= idleSince || session.CreatedAt <= createdSince);
    }

    /// <summary>When a session ends unless something happens in it first. Never later than its cookie, which was written when it began.</summary>
    public DateTimeOffset EndOf(SessionKind kind, DateTimeOffset createdAt, DateTimeOffset lastSeenAt, DateTimeOffset expiresAt)
    {
        if (kind == SessionKind.Program)
            return expiresAt;
        var (idleEnd, absoluteEnd) = (lastSeenAt + Idle, createdAt + Absolute < expiresAt ? createdAt + Absolute : expiresAt);
        return idleEnd < absoluteEnd ? idleEnd : absoluteEnd;
    }
}

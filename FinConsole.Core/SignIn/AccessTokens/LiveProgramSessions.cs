using FinConsole.Core.Data;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FinConsole.Core.SignIn.AccessTokens;

/// <summary>
/// The programs' sessions that live, in memory: a request of theirs costs no query. It forgets what the change feed speaks of, and
/// asks the database for what it does not know; an answer that a change has overtaken is not kept. Cut off from the change table for
/// longer than the configured grace, it trusts nothing that it knows: every question goes to the database then, and fails with it.
/// </summary>
public sealed class LiveProgramSessions : IDisposable
{
    /// <summary>Beyond this, those whose access tokens must have run out are let go.</summary>
    private const int SweepAt = 10_000;

    private readonly ConsoleDb _db;
    private readonly ChangeFeed _feed;
    private readonly TimeProvider _time;
    private readonly TimeSpan _grace;
    private readonly IDisposable _subscription;
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, Held> _held = [];
    private long _changes;

    public LiveProgramSessions(ConsoleDb db, ChangeFeed feed, IOptions<AccessTokenOptions> options, TimeProvider time)
    {
        (_db, _feed, _time) = (db, feed, time);
        _grace = TimeSpan.FromSeconds(options.Value.GraceSeconds);
        _subscription = feed.ListenFirst(Hear);
    }

    public void Dispose() => _subscription.Dispose();

    /// <summary>The session as it is now; null when it is over, or was never one.</summary>
    internal async ValueTask<ProgramSession?> FindAsync(Guid tenantId, Guid sessionId, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        long changes;
        lock (_lock)
        {
            changes = _changes;
            if (_feed.Silence <= _grace && _held.TryGetValue(sessionId, out var held))
                return held.Session.TenantId == tenantId && held.ExpiresAt > now ? held.Session : null;
        }

        // What other instances change from here on is heard of, and so nothing that is read now can grow old unseen.
        await _feed.StartFromHereAsync(cancellationToken);
        if (await ReadAsync(tenantId, sessionId, now, cancellationToken) is not { } read)
            return null;
        lock (_lock)
        {
            if (changes == _changes)
                Keep(sessionId, read, now);
        }

        return read.Session;
    }

    private void Keep(Guid sessionId, Held read, DateTimeOffset now)
    {
        if (_held.Count >= SweepAt)
        {
            foreach (var (id, held) in _held)
            {
                if (held.ReadAt + IssuedAccess.Life < now)
                    _held.Remove(id);
            }
        }

        _held[sessionId] = read;
    }

    private async Task<Held?> ReadAsync(Guid tenantId, Guid sessionId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var context = _db.Open(tenantId);
        return await (
            from session in context.Set<MemberSession>().Where(SessionLimits.MayLive(now))
            join member in context.Set<ConsoleUser>() on session.MemberId equals member.Id
            join tenant in context.Set<Tenant>() on member.TenantId equals tenant.Id
            where session.Id == sessionId && session.Kind == SessionKind.Program && member.DeactivatedAt == null && tenant.ClosedAt == null
            select new Held(
                new ProgramSession(
                    session.Id, member.Id, member.TenantId, tenant.Name, member.Email!, member.DisplayName, member.Role, tenant.RequiresMfa && !member.TwoFactorEnabled),
                session.ExpiresAt,
                now)).SingleOrDefaultAsync(cancellationToken);
    }

    private void Hear(Change change)
    {
        lock (_lock)
        {
            switch (change.Kind)
            {
                case ChangeKind.SessionEnded:
                    _held.Remove(change.SubjectId);
                    break;
                case ChangeKind.Member:
                    Forget(session => session.MemberId == change.SubjectId);
                    break;
                case ChangeKind.Tenant or ChangeKind.Policy:
                    Forget(session => session.TenantId == change.TenantId);
                    break;
                default:
                    return;
            }

            _changes++;
        }
    }

    private void Forget(Predicate<ProgramSession> which)
    {
        foreach (var (id, held) in _held)
        {
            if (which(held.Session))
                _held.Remove(id);
        }
    }

    private sealed record Held(ProgramSession Session, DateTimeOffset ExpiresAt, DateTimeOffset ReadAt);
}

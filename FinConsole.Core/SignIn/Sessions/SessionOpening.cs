using FinConsole.Core.Access;
using FinConsole.Core.AuditLog;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn.SecondFactor;
using FinConsole.Core.Tenants;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.SignIn.Sessions;

/// <summary>Whose session is opened, and with what they showed who they are.</summary>
/// <param name="Stamp">The security stamp as the password was checked.</param>
/// <param name="Kind">At a browser, or by a program.</param>
internal sealed record SessionOwner(Guid MemberId, string? Stamp, SecondFactors Factor, SessionKind Kind = SessionKind.Browser);

/// <summary>Opens a session inside the transaction that signs its member in. The actor of the transaction carries the new session's id.</summary>
internal static class SessionOpening
{
    /// <summary>Null when the tenant was closed, the account deactivated, or its password or second factor changed, since they were checked.</summary>
    public static async Task<SignedIn?> OpenAsync(AuditedTransaction transaction, SessionOwner owner, CancellationToken cancellationToken)
    {
        var (actor, now) = (transaction.Actor, transaction.Now);
        var open = transaction.Db.Set<Tenant>().Where(tenant => tenant.ClosedAt == null).Select(tenant => tenant.Id);
        var current = await transaction.Db.Set<ConsoleUser>()
            .Where(row => row.Id == owner.MemberId && row.DeactivatedAt == null && row.SecurityStamp == owner.Stamp && open.Contains(row.TenantId))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastSignInAt, now), cancellationToken);
        if (current == 0)
            return null;

        var limits = await TenantSessions.LimitsAsync(transaction.Db, cancellationToken);
        var session = NewSession(actor, owner, now, limits);
        transaction.Db.Add(session);
        var details = new AuditDetails().With(AuditField.Device, session.Device).With(AuditField.Method, SecondFactorLabels.Method(owner.Factor));
        if (owner.Kind == SessionKind.Program)
            details.With(AuditField.Kind, owner.Kind);
        transaction.Audit(AuditAction.SessionStart, new AuditSubject(AuditResource.Session, session.Id, actor.Name), details);
        var member = await transaction.Db.Set<ConsoleUser>().Where(row => row.Id == owner.MemberId).Select(row => new { row.Role, row.Theme }).SingleAsync(cancellationToken);
        return new SignedIn(session.Id, owner.MemberId, actor.TenantId, actor.Name, member.Role, member.Theme, session.ExpiresAt);
    }

    private static MemberSession NewSession(Actor actor, SessionOwner owner, DateTimeOffset now, SessionLimits limits) => new()
    {
        Id = actor.SessionId!.Value,
        TenantId = actor.TenantId,
        MemberId = owner.MemberId,
        Kind = owner.Kind,
        CreatedAt = now,
        LastSeenAt = now,
        ConfirmedAt = now,
        ExpiresAt = now + (owner.Kind == SessionKind.Program ? MemberSession.ProgramLife : limits.Absolute),
        Ip = actor.Origin.Ip,
        Device = DeviceName.Parse(actor.Origin.UserAgent),
    };
}

using FinConsole.Core.Access;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Policies;

/// <summary>What other session lengths would do at once.</summary>
/// <param name="Ending">Live sessions that would end now.</param>
/// <param name="OwnEnds">The one that asks is among them.</param>
public sealed record SessionLimitsPreview(int Ending, bool OwnEnds);

/// <summary>Says how many live sessions other lengths would end, before anybody saves them. Changes nothing.</summary>
public sealed class PreviewSessionLimits(ConsoleDb db, PermissionGuard guard, TimeProvider time)
{
    public async Task<Result<SessionLimitsPreview>> HandleAsync(SessionLimits proposed, Actor actor, CancellationToken cancellationToken)
    {
        if (await guard.CheckAsync(actor, Permission.ManagePolicy, new AuditSubject(AuditResource.Policy, actor.TenantId, "Policy"), cancellationToken) is { } refusal)
            return refusal;
        if (PolicyRules.Check(proposed) is { } fault)
            return fault;

        var now = time.GetUtcNow();
        await using var context = db.Open(actor.TenantId);
        var limits = await TenantSessions.LimitsAsync(context, cancellationToken);
        var ending = context.Set<MemberSession>().Where(limits.Live(now)).Where(proposed.Over(now));
        return new SessionLimitsPreview(
            await ending.CountAsync(cancellationToken), await ending.AnyAsync(session => session.Id == actor.SessionId, cancellationToken));
    }
}

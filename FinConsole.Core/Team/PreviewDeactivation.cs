using FinConsole.Core.Access;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Team;

/// <summary>What ends with a member's access; tokens are told by the tokens' own use cases.</summary>
/// <param name="Sessions">Open ones.</param>
public sealed record DeactivationPreview(int Sessions);

/// <summary>Says in numbers what a deactivation would do, before anybody does it.</summary>
public sealed class PreviewDeactivation(ConsoleDb db, PermissionGuard guard, TimeProvider time)
{
    public async Task<Result<DeactivationPreview>> HandleAsync(Guid memberId, Actor actor, CancellationToken cancellationToken)
    {
        if (await guard.CheckAsync(actor, Permission.ManageMembers, TeamChanges.Subject(memberId), cancellationToken) is { } refusal)
            return refusal;

        await using var context = db.Open(actor.TenantId);
        if (!await context.Set<ConsoleUser>().AnyAsync(member => member.Id == memberId, cancellationToken))
            return TeamErrors.NoSuchMember;
        var limits = await TenantSessions.LimitsAsync(context, cancellationToken);
        return new DeactivationPreview(await context.Set<MemberSession>().Where(limits.Live(time.GetUtcNow()))
            .CountAsync(session => session.MemberId == memberId, cancellationToken));
    }
}

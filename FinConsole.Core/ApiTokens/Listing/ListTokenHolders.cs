using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.ApiTokens.Listing;

/// <summary>Names to suggest for a token's holder: the tenant's active people. A few words of one's own are as good.</summary>
public sealed class ListTokenHolders(ConsoleDb db, PermissionGuard guard)
{
    private const int Most = 200;

    public async Task<Result<IReadOnlyList<string>>> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (await guard.CheckAsync(actor, Permission.ManageTokens, new AuditSubject(AuditResource.Member, null, "Members"), cancellationToken) is { } refusal)
            return refusal;

        await using var context = db.Open(actor.TenantId);
        return await context.Set<ConsoleUser>().Where(member => member.DeactivatedAt == null && member.Role != Role.Cashier)
            .OrderBy(member => member.DisplayName).Select(member => member.DisplayName).Take(Most).ToListAsync(cancellationToken);
    }
}

using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Profile;

/// <summary>The actor's own account, as its profile page shows it.</summary>
public sealed record ProfileView(string Name, string Email, Role Role, string Tenant, string? TimeZone, ThemeChoice Theme, DateTimeOffset CreatedAt, DateTimeOffset? PasswordChangedAt);

public sealed class GetProfile(ConsoleDb db, PermissionGuard guard)
{
    public async Task<Result<ProfileView>> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        var refusal = await guard.CheckAsync(actor, Permission.UseOwnAccount, new AuditSubject(AuditResource.Member, actor.Id, actor.Name), cancellationToken);
        if (refusal is not null)
            return refusal;

        await using var context = db.Open(actor.TenantId);
        return await (
            from member in context.Set<ConsoleUser>()
            join tenant in context.Set<Tenant>() on member.TenantId equals tenant.Id
            where member.Id == actor.Id
            select new ProfileView(
                member.DisplayName, member.Email!, member.Role, tenant.Name, member.TimeZone, member.Theme, member.CreatedAt, member.PasswordChangedAt))
            .SingleAsync(cancellationToken);
    }
}

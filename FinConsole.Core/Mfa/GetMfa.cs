using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Mfa;

/// <summary>How the actor's second factor stands.</summary>
/// <param name="OnSince">When the authenticator in force was set up; null without one.</param>
/// <param name="CodesLeft">Unused recovery codes.</param>
/// <param name="Required">The tenant demands one.</param>
public sealed record MfaView(DateTimeOffset? OnSince, int CodesLeft, bool Required);

/// <summary>Reads how the actor's own second factor stands.</summary>
public sealed class GetMfa(ConsoleDb db, PermissionGuard guard)
{
    public async Task<Result<MfaView>> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (await guard.CheckAsync(actor, Permission.SetUpMfa, new AuditSubject(AuditResource.Member, actor.Id, actor.Name), cancellationToken) is { } refusal)
            return refusal;

        await using var context = db.Open(actor.TenantId);
        var required = await context.Set<Tenant>().Where(tenant => tenant.Id == actor.TenantId).Select(tenant => tenant.RequiresMfa).SingleAsync(cancellationToken);
        var onSince = await context.Set<TotpCredential>().Where(credential => credential.MemberId == actor.Id && credential.Confirmed)
            .Select(credential => (DateTimeOffset?)credential.CreatedAt).SingleOrDefaultAsync(cancellationToken);
        return new MfaView(onSince, await RecoveryCodes.CountLeftAsync(context, actor.Id, cancellationToken), required);
    }
}

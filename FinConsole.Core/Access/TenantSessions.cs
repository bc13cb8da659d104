using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Access;

/// <summary>Reads how long the sessions of a context's tenant may live.</summary>
internal static class TenantSessions
{
    public static Task<SessionLimits> LimitsAsync(ConsoleDbContext context, CancellationToken cancellationToken) =>
        context.Set<Tenant>().Where(tenant => tenant.Id == context.TenantId)
            .Select(tenant => new SessionLimits(tenant.SessionIdleMinutes, tenant.SessionHours)).SingleAsync(cancellationToken);
}

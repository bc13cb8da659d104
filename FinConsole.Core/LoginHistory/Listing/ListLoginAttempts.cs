using FinConsole.Core.Audit;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.LoginHistory.Listing;

/// <summary>Pages through a tenant's login history, newest first.</summary>
public sealed class ListLoginAttempts(ConsoleDb db, LoginRows rows, RightsGuard guard)
{
    public const int LargestPage = 200;

    internal static readonly AuditSubject Subject = new(AuditResource.LoginHistory, null, "Login history");

    public async Task<Result<LoginPage>> HandleAsync(LoginFilter filter, Actor actor, CancellationToken cancellationToken)
    {
        if (await guard.CheckAsync(actor, Right.ReadLoginHistory, Subject, cancellationToken) is { } refusal)
            return refusal;
        if (FindFault(filter) is { } fault)
            return fault;
        return await ReadAsync(filter, actor.TenantId, Math.Clamp(filter.Limit, 1, LargestPage), cancellationToken);
    }

    internal static Error? FindFault(LoginFilter filter) =>
        string.IsNullOrWhiteSpace(filter.Ip) || LoginFilter.TryReadRange(filter.Ip.Trim(), out _) ? null : LoginHistoryErrors.NoSuchAddress;

    /// <summary>When history begins; the end of time where there is none.</summary>
    internal async Task<DateTimeOffset> OldestAsync(Guid tenantId, CancellationToken cancellationToken)
    {
        await using var context = db.Open(tenantId);
        return await context.Set<LoginAttempt>().MinAsync(row => (DateTimeOffset?)row.At, cancellationToken) ?? DateTimeOffset.MaxValue;
    }

    /// <summary>One page, for a caller whose right was checked.</summary>
    internal async Task<LoginPage> ReadAsync(LoginFilter filter, Guid tenantId, int size, CancellationToken cancellationToken)
    {
        await using var context = db.Open(tenantId);
        var query = await LoginQuery.MakeAsync(context, filter, cancellationToken);
        var page = await query.ReadAsync(LoginPlace.Parse(filter.Cursor), size, cancellationToken);
        return new LoginPage(await rows.OfAsync(context, page.Items, cancellationToken), page.NextKey?.ToString(), page.StoppedShort ? page.NextKey?.At : null);
    }
}

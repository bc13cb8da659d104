using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.LoginHistory.Listing;

/// <summary>Pages through a tenant's login history, newest first.</summary>
public sealed class ListLoginAttempts(ConsoleDb db, LoginRows rows, PermissionGuard guard, ScanLimiter scans)
{
    public const int LargestPage = 200;

    internal static readonly AuditSubject Subject = new(AuditResource.LoginHistory, null, "Login history");

    public async Task<Result<LoginPage>> HandleAsync(LoginFilter filter, Actor actor, CancellationToken cancellationToken)
    {
        if (await guard.CheckAsync(actor, Permission.ReadLoginHistory, Subject, cancellationToken) is { } refusal)
            return refusal;
        if (FindFault(filter) is { } fault)
            return fault;
        await using var context = db.Open(actor.TenantId);
        var query = await LoginQuery.MakeAsync(context, filter, cancellationToken);
        using var scan = scans.BeginSearch(actor.TenantId);
        var read = await query.ReadAsync(LoginPlace.Parse(filter.Cursor), Math.Clamp(filter.Limit, 1, LargestPage), scan, cancellationToken);
        return read.Succeeded ? await PageOfAsync(context, read.Value, cancellationToken) : read.Error;
    }

    internal static Error? FindFault(LoginFilter filter) =>
        string.IsNullOrWhiteSpace(filter.Ip) || LoginFilter.TryReadRange(filter.Ip.Trim(), out _) ? null : LoginHistoryErrors.NoSuchAddress;

    /// <summary>When history begins; the end of time where there is none.</summary>
    internal async Task<DateTimeOffset> OldestAsync(Guid tenantId, CancellationToken cancellationToken)
    {
        await using var context = db.Open(tenantId);
        return await context.Set<LoginAttempt>().MinAsync(row => (DateTimeOffset?)row.At, cancellationToken) ?? DateTimeOffset.MaxValue;
    }

    /// <summary>One piece of an export, for a caller whose right was checked.</summary>
    internal async Task<LoginPage> ReadForExportAsync(LoginFilter filter, Guid tenantId, int most, Scan export, CancellationToken cancellationToken)
    {
        await using var context = db.Open(tenantId);
        var query = await LoginQuery.MakeAsync(context, filter, cancellationToken);
        return await PageOfAsync(context, await query.ReadForExportAsync(LoginPlace.Parse(filter.Cursor), most, export, cancellationToken), cancellationToken);
    }

    private async Task<LoginPage> PageOfAsync(ConsoleDbContext context, SearchedPage<LoginAttempt, LoginPlace> page, CancellationToken cancellationToken) =>
        new(await rows.OfAsync(context, page.Items, cancellationToken), page.NextKey?.ToString(), page.StoppedShort ? page.NextKey?.At : null);
}

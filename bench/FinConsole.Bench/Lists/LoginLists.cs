using System.IO.Pipelines;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.LoginHistory.Listing;
using FinConsole.Web.Hosting.Exports;
using FinConsole.Web.LoginHistory;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Bench.Lists;

/// <summary>Login history, through its own use cases.</summary>
internal sealed class LoginLists(long rows)
{
    public const string Raw = "SELECT * FROM \"LoginAttempts\" ORDER BY \"TenantId\" DESC, \"At\" DESC, \"Id\" DESC";

    private string? _middle;

    public IReadOnlyList<PageKind> Kinds =>
    [
        new("Login history", (host, deep) => PageAsync(host, new LoginFilter(), deep)),
        new("Login history, one account", (host, deep) => PageAsync(host, new LoginFilter(Account: host.Population.BusyPerson.Email), deep)),
        new("Login history, one IP address", (host, deep) => PageAsync(host, new LoginFilter(Ip: host.Population.BusyAddress.Ip), deep)),
        new("Login history, suspicious only", (host, deep) => PageAsync(host, new LoginFilter(SuspiciousOnly: true), deep)),
        new("Login history, one outcome", (host, deep) => PageAsync(host, new LoginFilter(Outcome: LoginOutcome.WrongPassword), deep)),
        new("Login history, one country", (host, deep) => PageAsync(host, new LoginFilter(Country: host.Population.BusyAddress.Country), deep)),
        new("Login history, one account in a period", (host, deep) =>
            PageAsync(host, new LoginFilter(Account: host.Population.BusyPerson.Email, From: host.Get<TimeProvider>().GetUtcNow().AddDays(-390)), deep)),
        new("Login history, a period", (host, deep) => PageAsync(host, new LoginFilter(From: host.Get<TimeProvider>().GetUtcNow().AddDays(-390)), deep)),
    ];

    /// <summary>Writes so many of the newest rows as CSV to nowhere.</summary>
    public static async Task<long> ExportAsync(BenchHost host, long most, Action<long> at)
    {
        var export = await host.Get<ExportLoginAttempts>().HandleAsync(new LoginFilter(), "", ExportFormat.Csv, null, host.Admin, CancellationToken.None);
        var written = 0L;
        await ExportWriter.WriteAsync(PipeWriter.Create(Stream.Null), Limit.To(export.Value!, most, at), LoginColumns.All, ExportFormat.Csv, count => written = count, CancellationToken.None);
        return written;
    }

    private async Task<int> PageAsync(BenchHost host, LoginFilter filter, bool deep)
    {
        var cursor = deep ? (_middle ??= await MiddleAsync(host)) : null;
        var page = await host.Get<ListLoginAttempts>().HandleAsync(filter with { Cursor = cursor, Limit = PageMeasure.PageSize }, host.Admin, CancellationToken.None);
        return page.Value!.Rows.Count;
    }

    private async Task<string> MiddleAsync(BenchHost host)
    {
        await using var context = host.Get<ConsoleDb>().Open(host.TenantId);
        var id = rows / 2;
        var at = await context.Set<LoginAttempt>().Where(row => row.Id == id).Select(row => row.At).SingleAsync();
        return new LoginPlace(at, id).ToString();
    }
}

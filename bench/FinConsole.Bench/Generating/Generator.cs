using System.Diagnostics;
using FinConsole.Core.Audit.Volumes;
using FinConsole.Core.AuditLog;
using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Data;
using FinConsole.Core.LoginHistory;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace FinConsole.Bench.Generating;

/// <summary>Fills a database with both lists at one size.</summary>
internal static class Generator
{
    public static async Task<BenchHost> FillAsync(BenchOptions options, string name, long rows)
    {
        var host = await BenchHost.StartAsync(await BenchDatabase.NewAsync(options, name));
        if (await IsFullAsync(host))
            return host;
        var now = host.Get<TimeProvider>().GetUtcNow();
        // Changing how a file keeps its journal takes having it alone.
        SqliteConnection.ClearAllPools();
        await using (var context = host.Get<ConsoleDb>().Open(host.TenantId))
        {
            await new BulkLoad<LoginAttempt>(host, new BulkColumns<LoginAttempt>(context)).RunAsync(new LoginMaker(host.Population, rows, now).Make, rows);
            var audit = new AuditMaker(host.Population, host.Get<AuditChain>(), rows, now);
            await new BulkLoad<AuditEntry>(host, new BulkColumns<AuditEntry>(context)).RunAsync(audit.Make, rows);
            await EndChainAsync(host, context, rows, audit.Link);
        }

        await using (var connection = await host.Database.OpenAsync())
        {
            if (connection is NpgsqlConnection)
                await BenchDatabase.ExecuteAsync(connection, "SELECT setval(pg_get_serial_sequence('\"LoginAttempts\"', 'Id'), (SELECT MAX(\"Id\") FROM \"LoginAttempts\"))");
        }

        var watch = Stopwatch.StartNew();
        var folded = await host.Get<FoldAuditVolume>().RunAsync(CancellationToken.None);
        Console.WriteLine($"Counted {folded:N0} entries into hours in {watch.Elapsed.TotalSeconds:F0} s");
        return host;
    }

    // The fold comes last: what it wrote tells that an earlier run came to its end.
    private static async Task<bool> IsFullAsync(BenchHost host)
    {
        await using var context = host.Get<ConsoleDb>().Open(host.TenantId);
        return await context.Set<AuditVolume>().AnyAsync();
    }

    private static Task<int> EndChainAsync(BenchHost host, ConsoleDbContext context, long size, byte[] link)
    {
        var tag = host.Get<AuditChain>().TagOfHead(host.TenantId, size, link);
        return context.Set<AuditHead>().ExecuteUpdateAsync(set => set.SetProperty(head => head.Size, size).SetProperty(head => head.Link, link).SetProperty(head => head.Tag, tag).SetProperty(head => head.Epoch, 0));
    }
}

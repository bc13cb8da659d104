using System.Globalization;
using FinConsole.Bench.Api;
using FinConsole.Bench.Lists;
using FinConsole.Bench.Oaep;
using FinConsole.Bench.Pages;
using FinConsole.Bench.Scans;
using FinConsole.Bench.Writes;
using FinConsole.Core.Data;

namespace FinConsole.Bench;

/// <summary>Measures what docs/performance.md reports. <c>bench/run</c> runs it.</summary>
internal static class Bench
{
    public static async Task<int> Main(string[] args)
    {
        if (args is ["serve", var provider, var connectionString])
        {
            await BenchServer.RunAsync(provider == "sqlite" ? DatabaseProvider.Sqlite : DatabaseProvider.PostgreSql, connectionString);
            return 0;
        }

        if (args is ["flood", var folder, var kind, var count])
        {
            await WriteBench.FloodAsync(folder, kind, int.Parse(count, CultureInfo.InvariantCulture));
            return 0;
        }

        if (PagesOptions.Parse(args) is { } pages)
        {
            await PagesBench.RunAsync(pages);
            return 0;
        }

        if (BenchOptions.Parse(args) is not { } options)
        {
            Console.Error.WriteLine("usage: api|writes|scans|oaep|lists --database sqlite|postgresql --folder FOLDER --out FILE [--rows N] [--small N] [--keep yes]");
            Console.Error.WriteLine("       " + PagesOptions.Usage);
            return 2;
        }

        await (options.What switch
        {
            "api" => ApiBench.RunAsync(options),
            "writes" => WriteBench.RunAsync(options),
            "scans" => ScanBench.RunAsync(options),
            "oaep" => OaepBench.RunAsync(options),
            _ => ListsBench.RunAsync(options),
        });
        return 0;
    }
}

using FinConsole.Bench.Api;
using FinConsole.Bench.Lists;

namespace FinConsole.Bench;

/// <summary>Measures what docs/performance.md reports. <c>bench/run</c> runs it.</summary>
internal static class Bench
{
    public static async Task<int> Main(string[] args)
    {
        if (args is ["serve", var connectionString])
        {
            await BenchServer.RunAsync(connectionString);
            return 0;
        }

        if (BenchOptions.Parse(args) is not { } options)
        {
            Console.Error.WriteLine("usage: api|lists --database sqlite|postgresql --folder FOLDER --out FILE [--rows N] [--small N]");
            return 2;
        }

        await (options.What == "api" ? ApiBench.RunAsync(options) : ListsBench.RunAsync(options));
        return 0;
    }
}

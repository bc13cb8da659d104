using FinConsole.Bench.Lists;

namespace FinConsole.Bench;

/// <summary>Measures what docs/performance.md reports. <c>bench/lists</c> runs it.</summary>
internal static class Bench
{
    public static async Task<int> Main(string[] args)
    {
        if (BenchOptions.Parse(args) is not { } options)
        {
            Console.Error.WriteLine("usage: lists --database sqlite|postgresql --folder FOLDER --out FILE [--rows N] [--small N]");
            return 2;
        }

        await ListsBench.RunAsync(options);
        return 0;
    }
}

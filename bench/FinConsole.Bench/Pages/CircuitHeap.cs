using System.Diagnostics;
using Microsoft.Playwright;

namespace FinConsole.Bench.Pages;

/// <param name="Page">What was open.</param>
/// <param name="Target">Most for each circuit, as a multiple of the template's.</param>
/// <param name="Each">Live heap for each circuit, in kB.</param>
/// <param name="After">What was left within three minutes after all were closed, over before.</param>
internal sealed record CircuitFigures(string Page, double Target, double Each, double After);

/// <summary>The live heap that open pages cost: target 9. Tabs of one browser, each with a circuit of its own.</summary>
internal static class CircuitHeap
{
    private const int WarmUps = 10;
    private const int AtATime = 4;
    private const double Settled = 1.05;

    // A circuit whose browser left is kept for 45 s, in the template's app for three minutes; then it must be gone.
    private static readonly TimeSpan LongestKept = TimeSpan.FromSeconds(240);

    // .NET's own array pools give back what nobody took for a minute, a piece with each full collection.
    private static readonly TimeSpan LongestPooled = TimeSpan.FromSeconds(180);

    public static async Task<CircuitFigures> MeasureAsync(Browser browser, MeasuredServer server, string? state, ConsolePage page, double target, int circuits)
    {
        await using (await OpenAsync(browser, server, state, page, WarmUps))
        {
        }

        await GoneAsync(server);
        var before = (await server.AskAsync()).Heap;
        long during;
        await using (await OpenAsync(browser, server, state, page, circuits))
        {
            (during, var open) = await server.AskAsync();
            if (open != circuits)
                throw new InvalidOperationException($"{open} circuits are open, not {circuits}.");
        }

        await GoneAsync(server);
        var after = await SettledAsync(server, (long)(before * Settled));
        Console.WriteLine($"{page.Name}: {before:N0} bytes, with {circuits} open {during:N0}, then {after:N0}");
        return new CircuitFigures(page.Title, target, (during - before) / 1000.0 / circuits, (double)after / before);
    }

    private static async Task<IBrowserContext> OpenAsync(Browser browser, MeasuredServer server, string? state, ConsolePage page, int circuits)
    {
        var context = await browser.NewContextAsync(server, state);
        await Parallel.ForEachAsync(Enumerable.Range(0, circuits), new ParallelOptions { MaxDegreeOfParallelism = AtATime }, async (_, _) =>
            await Browser.OpenAsync(await context.NewPageAsync(), page.Url, page.Shows));
        return context;
    }

    private static async Task<long> SettledAsync(MeasuredServer server, long enough)
    {
        var watch = Stopwatch.StartNew();
        long heap;
        while ((heap = (await server.AskAsync()).Heap) > enough && watch.Elapsed < LongestPooled)
            await Task.Delay(1000);
        return heap;
    }

    private static async Task GoneAsync(MeasuredServer server)
    {
        var watch = Stopwatch.StartNew();
        while ((await server.AskAsync()).Circuits > 0)
        {
            if (watch.Elapsed > LongestKept)
                throw new InvalidOperationException("Circuits are kept whose browser left long ago.");
            await Task.Delay(500);
        }
    }
}

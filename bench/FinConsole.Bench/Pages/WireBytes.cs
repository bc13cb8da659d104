namespace FinConsole.Bench.Pages;

/// <param name="Kilobytes">In a browser that never saw the program: everything that it loaded, as it was sent.</param>
/// <param name="Requests">How many requests that took.</param>
/// <param name="Later">Kilobytes of the same page once the browser has the program's files.</param>
internal sealed record WireFigures(double Kilobytes, int Requests, double Later);

/// <summary>What a page costs on the wire.</summary>
internal static class WireBytes
{
    public static async Task<WireFigures> MeasureAsync(Browser browser, MeasuredServer server, string? state, string url)
    {
        await using var context = await browser.NewContextAsync(server, state);
        var page = await context.NewPageAsync();
        var devTools = await context.NewCDPSessionAsync(page);
        var (bytes, requests) = (0.0, 0);
        devTools.Event("Network.loadingFinished").OnEvent += (_, loaded) =>
        {
            bytes += loaded!.Value.GetProperty("encodedDataLength").GetDouble();
            requests++;
        };
        await devTools.SendAsync("Network.enable");
        await OpenAsync(page, url);
        var first = (bytes, requests);
        (bytes, requests) = (0, 0);
        await OpenAsync(page, url);
        Console.WriteLine($"{url}: {first.bytes / 1000:F0} kB in {first.requests} requests, then {bytes / 1000:F0} kB");
        return new WireFigures(first.bytes / 1000, first.requests, bytes / 1000);
    }

    private static async Task OpenAsync(Microsoft.Playwright.IPage page, string url)
    {
        await page.GotoAsync(url);
        await page.WaitForLoadStateAsync(Microsoft.Playwright.LoadState.NetworkIdle);
    }
}

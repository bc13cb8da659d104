namespace FinConsole.Bench.Pages;

/// <summary>What a page costs on the wire in a browser that never saw the program: everything that the browser loaded, as it was sent.</summary>
internal static class WireBytes
{
    public static async Task<(double Kilobytes, int Requests)> MeasureAsync(Browser browser, MeasuredServer server, string? state, string url)
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
        await page.GotoAsync(url);
        await page.WaitForLoadStateAsync(Microsoft.Playwright.LoadState.NetworkIdle);
        Console.WriteLine($"{url}: {bytes / 1000:F0} kB in {requests} requests");
        return (bytes / 1000, requests);
    }
}

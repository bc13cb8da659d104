namespace FinConsole.Bench.Pages;

/// <summary>How soon a page answers to a click: the first one after it was asked for, and any later one. Measured inside the page.</summary>
internal static class Clicks
{
    private const int Later = 150;

    // Clicks from the moment that there is something to click, every few milliseconds, until one of them was handled.
    private const string First = """
        (() => {
            let was, clicked = false;
            const attempt = () => {
                if (clicked && (EFFECT)) { window.firstClick = performance.now(); return; }
                const button = document.querySelector('CLICK');
                if (button) {
                    was ??= document.querySelector('p[role=status]')?.textContent;
                    button.click();
                    clicked = true;
                }
                setTimeout(attempt, 1);
            };
            addEventListener('DOMContentLoaded', attempt);
        })();
        """;

    private const string Many = """
        async () => {
            const until = test => new Promise(done => {
                const look = () => { if (test()) { watcher.disconnect(); done(); } };
                const watcher = new MutationObserver(look);
                watcher.observe(document.documentElement, { subtree: true, childList: true, attributes: true, characterData: true });
                look();
            });
            const times = [];
            for (let i = 0; i < COUNT; i++) {
                const was = document.querySelector('p[role=status]')?.textContent;
                const start = performance.now();
                document.querySelector('CLICK').click();
                await until(() => EFFECT);
                times.push(performance.now() - start);
                if ('UNDO') {
                    document.querySelector('UNDO').click();
                    await until(() => !(EFFECT));
                }
                await new Promise(done => setTimeout(done, 20));
            }
            return times;
        }
        """;

    /// <summary>From the address to the first handled click, in milliseconds, in a browser that never saw the program.</summary>
    public static async Task<double> FirstAsync(Browser browser, MeasuredServer server, string? state, ConsolePage page)
    {
        await using var context = await browser.NewContextAsync(server, state);
        await context.AddInitScriptAsync(Fill(First, page));
        var tab = await context.NewPageAsync();
        await tab.GotoAsync(page.Url);
        try
        {
            await tab.WaitForFunctionAsync("() => window.firstClick");
        }
        catch (TimeoutException timeout)
        {
            throw new InvalidOperationException($"No click took effect on {tab.Url} ({page.Name}). The program wrote:\n{server.Output}", timeout);
        }

        return await tab.EvaluateAsync<double>("() => window.firstClick");
    }

    /// <summary>From click to changed document, each of many, in milliseconds.</summary>
    public static async Task<List<double>> ManyAsync(Browser browser, MeasuredServer server, string? state, ConsolePage page)
    {
        await using var context = await browser.NewContextAsync(server, state);
        var tab = await context.NewPageAsync();
        await tab.GotoAsync(page.Url);
        await tab.WaitForLoadStateAsync(Microsoft.Playwright.LoadState.NetworkIdle);
        await tab.WaitForSelectorAsync(page.Shows);
        return [.. await tab.EvaluateAsync<double[]>(Fill(Many, page))];
    }

    private static string Fill(string script, ConsolePage page) => script
        .Replace("COUNT", $"{Later}", StringComparison.Ordinal).Replace("CLICK", page.Click, StringComparison.Ordinal)
        .Replace("EFFECT", page.Effect, StringComparison.Ordinal).Replace("UNDO", page.Undo, StringComparison.Ordinal);
}

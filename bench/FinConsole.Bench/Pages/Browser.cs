using Microsoft.Playwright;

namespace FinConsole.Bench.Pages;

/// <summary>One headless Chromium. Contexts are as good as browsers that were never used before: nothing is cached.</summary>
internal sealed class Browser : IAsyncDisposable
{
    /// <summary>True when the page answers to events: what was prerendered is marked, and replaced as the page comes to life.</summary>
    private const string IsLive = "() => { const heading = document.querySelector('h1'); return heading !== null && !heading.wasPrerendered; }";
    private const string MarkPrerendered = "addEventListener('DOMContentLoaded', () => { for (const heading of document.querySelectorAll('h1')) heading.wasPrerendered = true; });";

    // Debian's packages, the one without a desktop's windows first; elsewhere what Playwright itself installed.
    private static readonly string[] DebianPaths = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <param name="keyHash">Whose certificate is believed.</param>
    public static async Task<Browser> StartAsync(string keyHash)
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("FINCONSOLE_CHROMIUM") is { Length: > 0 } named ? named : Array.Find(DebianPaths, File.Exists),
            // Two processes for all tabs: a process each would take the memory and the time that the server needs.
            Args = ["--disable-gpu", "--disable-background-networking", "--renderer-process-limit=2", "--ignore-certificate-errors-spki-list=" + keyHash, .. Environment.UserName == "root" ? new[] { "--no-sandbox" } : []],
        });
        return new Browser(playwright, browser);
    }

    /// <param name="server">Which program.</param>
    /// <param name="state">The cookies of somebody who signed in.</param>
    public async Task<IBrowserContext> NewContextAsync(MeasuredServer server, string? state)
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = server.Address.ToString(),
            ViewportSize = new ViewportSize { Width = 1280, Height = 900 },
            ReducedMotion = ReducedMotion.Reduce,
            StorageState = state,
        });
        await context.AddInitScriptAsync(MarkPrerendered);
        return context;
    }

    /// <summary>Signs in at the door; answers what is then kept.</summary>
    public async Task<string> SignInAsync(MeasuredServer server, string email, string password)
    {
        await using var context = await NewContextAsync(server, null);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/account/login");
        await page.GetByLabel("Email", new() { Exact = true }).FillAsync(email);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.WaitForFunctionAsync("() => document.readyState === 'complete' && location.pathname === '/'");
        return await context.StorageStateAsync();
    }

    /// <summary>Opens a page and waits until it lives and shows what is asked for.</summary>
    public static async Task OpenAsync(IPage page, string url, string shows)
    {
        await page.GotoAsync(url);
        await page.WaitForFunctionAsync(IsLive);
        await page.WaitForSelectorAsync(shows, new() { State = WaitForSelectorState.Attached });
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}

using System.Collections.Concurrent;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.Fixtures;

/// <summary>One browser for all tests; each test has contexts, which are as good as browsers, of its own.</summary>
public sealed class Chromium : IAsyncLifetime
{
    /// <summary>
    /// True when the page answers to events and follows links within itself. What was prerendered is marked, and replaced as the page comes
    /// to life; until then, what is typed and pressed goes nowhere. A round trip later its router takes links over; until then, they
    /// are followed by the browser.
    /// </summary>
    public const string PageIsLive = "() => { const heading = document.querySelector('h1'); return heading !== null && !heading.wasPrerendered && globalThis.routerListens === true; }";

    /// <summary>Run before a page's own scripts, leaves it nothing but long polling to talk to the server by.</summary>
    public const string WithoutWebSockets = "delete globalThis.WebSocket; delete globalThis.EventSource;";

    // The script resolves the router's call by its name when it comes, which is never before the document is whole.
    private const string MarkPrerendered =
        """
        addEventListener('DOMContentLoaded', () => {
          for (const heading of document.querySelectorAll('h1')) heading.wasPrerendered = true;
          const navigation = globalThis.Blazor?._internal?.navigationManager;
          if (!navigation) return;
          const intercept = navigation.enableNavigationInterception;
          navigation.enableNavigationInterception = renderer => {
            intercept(renderer);
            globalThis.routerListens = true;
          };
        });
        """;

    // Debian's packages. The headless shell is the same browser without a desktop's windows, and takes half the time.
    private static readonly string[] DebianPaths = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];
    private const string Zone = "Europe/Berlin";
    private const float LongestStep = 20_000;

    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _states = new();
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(LongestStep);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = FindExecutable(), Args = Arguments() });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>A browser of one's own, as it looks and from where it comes back.</summary>
    public async Task<IBrowserContext> NewContextAsync(ConsoleServer server, Look look, string? state = null, Whereabouts? from = null)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = server.Address.ToString(),
            ViewportSize = new ViewportSize { Width = look.Width, Height = look.Height },
            ColorScheme = look.Dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            DeviceScaleFactor = 1,
            Locale = "en-GB",
            TimezoneId = Zone,
            StorageState = state,
            UserAgent = from?.UserAgent,
            ExtraHTTPHeaders = from is null ? null : new Dictionary<string, string> { ["X-Forwarded-For"] = from.Ip },
        });
        context.SetDefaultTimeout(LongestStep);
        await context.AddInitScriptAsync(MarkPrerendered);
        // What the first page would have left behind, so that no page is a first one.
        await context.AddCookiesAsync([new Cookie { Name = "finconsole-tz", Value = Uri.EscapeDataString(Zone), Url = server.Address.ToString() }]);
        return context;
    }

    /// <summary>The cookies of somebody who signed in once for many tests: for those whose subject is not the session.</summary>
    public Task<string> StateOfAsync(ConsoleServer server, Person person) =>
        _states.GetOrAdd(server.Address + person.Email, _ => new Lazy<Task<string>>(() => SignInOnceAsync(server, person))).Value;

    private async Task<string> SignInOnceAsync(ConsoleServer server, Person person)
    {
        await using var context = await NewContextAsync(server, Look.Desktop);
        await context.SignInAsync(person);
        return await context.StorageStateAsync();
    }

    // The variable, then Debian's packages, then what Playwright itself installed.
    private static string? FindExecutable() =>
        Environment.GetEnvironmentVariable("FINCONSOLE_CHROMIUM") is { Length: > 0 } named ? named : Array.Find(DebianPaths, File.Exists);

    private static IEnumerable<string> Arguments() =>
        ["--disable-gpu", "--disable-background-networking", .. Environment.UserName == "root" ? new[] { "--no-sandbox" } : []];
}

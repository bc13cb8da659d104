using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.Fixtures;

/// <summary>A test with browsers. When it ends, none of its pages may have reported anything that the test did not expect.</summary>
public abstract class ConsoleTest(ConsoleServer server, Chromium chromium) : IAsyncLifetime
{
    private readonly int _errorsBefore = server.Log.Errors.Count();
    private readonly List<IBrowserContext> _contexts = [];
    private readonly Dictionary<IPage, PageWatch> _watches = [];

    protected ConsoleServer Server { get; } = server;

    protected DemoPeople Demo => new(Server.DemoPassword);

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (TestContext.Current.TestState?.Result == TestResult.Failed)
            await Pictures.KeepFailureAsync(_watches.Keys.Where(page => !page.IsClosed));
        foreach (var context in _contexts)
            await context.CloseAsync();
        var faults = _watches.Values.SelectMany(watch => watch.Faults).ToList();
        // What the program logged meanwhile, perhaps for another test, says more than what the browser saw of it.
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults.Concat(Server.Log.Errors.Skip(_errorsBefore))));
    }

    /// <summary>A page in a browser of its own, signed in as this person by a session that other tests use as well.</summary>
    protected async Task<IPage> OpenAsync(Person? person = null, Look? look = null) =>
        await OpenInAsync(await NewContextAsync(look, person is null ? null : await chromium.StateOfAsync(Server, person)));

    /// <summary>A page in a browser of its own, with a session of its own.</summary>
    protected async Task<IPage> OpenFreshAsync(Person person, Look? look = null)
    {
        var page = await OpenAsync(look: look);
        await page.Context.SignInAsync(person);
        return page;
    }

    /// <summary>A page in a browser that comes from somewhere else, signed in as nobody.</summary>
    protected async Task<IPage> OpenFromAsync(Whereabouts from)
    {
        var context = await chromium.NewContextAsync(Server, Look.Desktop, from: from);
        _contexts.Add(context);
        return await OpenInAsync(context);
    }

    /// <summary>One more page in a browser.</summary>
    protected async Task<IPage> OpenInAsync(IBrowserContext context)
    {
        var page = await context.NewPageAsync();
        _watches[page] = new PageWatch(page);
        return page;
    }

    protected PageWatch Watch(IPage page) => _watches[page];

    /// <summary>Goes to a page and waits until it answers to events.</summary>
    protected static async Task GoLiveAsync(IPage page, string url)
    {
        await page.GotoAsync(url);
        await page.WaitForFunctionAsync(Chromium.PageIsLive);
    }

    private async Task<IBrowserContext> NewContextAsync(Look? look, string? state)
    {
        var context = await chromium.NewContextAsync(Server, look ?? Look.Desktop, state);
        _contexts.Add(context);
        return context;
    }
}

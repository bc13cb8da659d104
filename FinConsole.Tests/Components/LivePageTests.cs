using Bunit;
using FinConsole.Core.Data.Changes;
using FinConsole.Tests.ApiTokens;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.Components.Lists;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;
using Xunit;

namespace FinConsole.Tests.Components;

public sealed class LivePageTests(SqliteCore core) : IClassFixture<SqliteCore>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private int _changes;

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_pause_in_typing_ends_for_the_last_key_alone()
    {
        await using var console = new BrowserlessConsole(core, (await core.NewTenantAsync()).Developer);
        var page = console.Render<Probe>().Instance;
        var (first, second) = (page.TypeAsync(), page.TypeAsync());

        core.Time.Advance(Pause);

        Assert.Equal((false, true), (await first.WaitAsync(Patience, Stop), await second.WaitAsync(Patience, Stop)));
    }

    [Fact]
    public async Task The_pause_in_typing_never_ends_for_a_page_that_was_left()
    {
        await using var console = new BrowserlessConsole(core, (await core.NewTenantAsync()).Developer);
        var page = console.Render<Probe>().Instance;
        var typed = page.TypeAsync();

        await console.DisposeComponentsAsync();

        Assert.False(await typed.WaitAsync(Patience, Stop));
        Assert.False(await page.TypeAsync());
    }

    [Fact]
    public async Task A_change_loads_the_page_again_until_it_is_left()
    {
        var tenant = await core.NewTenantAsync();
        await using var console = new BrowserlessConsole(core, tenant.Developer);
        var page = console.Render<Probe>();

        await ChangeAsync(tenant);
        var probe = page.Instance;
        await probe.Loaded.WaitAsync(Patience, Stop);

        await console.DisposeComponentsAsync();
        var loads = probe.Loads;
        await ChangeAsync(tenant);
        Assert.Equal(loads, probe.Loads);
    }

    [Fact]
    public async Task A_reload_that_fails_is_a_failure_of_the_page()
    {
        var tenant = await core.NewTenantAsync();
        await using var console = new BrowserlessConsole(core, tenant.Developer);
        var shown = console.Render<ErrorBoundary>(boundary => boundary.AddChildContent<Probe>().Add(each => each.ErrorContent, failure => $"Failed: {failure.Message}"));
        var page = shown.FindComponent<Probe>().Instance;
        page.Loading = new TaskCompletionSource();
        await ChangeAsync(tenant);
        await page.Loaded.WaitAsync(Patience, Stop);
        page.Loading.SetException(new InvalidOperationException("no line"));

        shown.WaitForAssertion(() => Assert.Contains("Failed: no line", shown.Markup, StringComparison.Ordinal));
    }

    private async Task ChangeAsync(TestTenant tenant)
    {
        var feed = core.Get<ChangeFeed>();
        await feed.StartFromHereAsync(Stop);
        await core.MakeTokenAsync(tenant, TokenSteps.RequestFor(tenant) with { Name = $"Change {++_changes}" });
        await feed.CatchUpAsync(Stop);
    }

    private sealed class Probe : LivePage
    {
        private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);

        [Inject]
        public ChangeFeed Feed { get; set; } = default!;

        public int Loads { get; private set; }

        public Task Loaded => _loaded.Task;

        public TaskCompletionSource? Loading { get; set; }

        // Not through the renderer, which might begin to wait only after the clock has moved.
        public Task<bool> TypeAsync() => StopsTypingAsync();

        protected override void OnInitialized() => Follow(Feed, change => change.Kind == ChangeKind.Token, LoadAsync);

        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, Loads);

        private Task LoadAsync()
        {
            Loads++;
            _loaded.TrySetResult();
            return Loading?.Task ?? Task.CompletedTask;
        }
    }
}

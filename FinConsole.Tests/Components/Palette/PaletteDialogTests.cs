using Bunit;
using FinConsole.Core.Access;
using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.Team;
using FinConsole.Tests.ApiTokens;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.ApiTokens;
using FinConsole.Web.Components.Dialogs;
using FinConsole.Web.Components.Palette;
using FinConsole.Web.Team;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using Xunit;

namespace FinConsole.Tests.Components.Palette;

public sealed class PaletteDialogTests(SqliteCore core) : IClassFixture<SqliteCore>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task Opens_with_the_pages_and_actions_of_the_role_and_asks_nothing()
    {
        var source = new GatedSource();
        await using var console = NewConsole((await core.NewTenantAsync()).Developer, source);
        var dialog = Open(console);

        Assert.Equal(["Overview", "API Tokens", "Encryption Keys", "Usage", "Profile", "Password", "Two-factor", "Sessions"], OptionsOf(dialog, "Pages"));
        Assert.Equal(["Create API token", "Identify a token", "Rotate encryption key", "Switch between light and dark", "Keyboard shortcuts", "Sign out"], OptionsOf(dialog, "Actions"));
        Assert.Empty(source.Asked);
        Assert.Equal("combobox", dialog.Find("input").GetAttribute("role"));
        Assert.All(dialog.FindAll("[role=option]"), option => Assert.Equal("-1", option.GetAttribute("tabindex")));
    }

    [Fact]
    public async Task What_needs_no_query_fits_at_once_and_what_was_found_follows()
    {
        var tenant = await core.NewTenantAsync();
        await core.MakeTokenAsync(tenant, "Ledger export");
        await using var console = NewConsole(tenant.Admin);
        var dialog = Open(console);

        var typed = TypeAsync(dialog, "log");
        dialog.WaitForAssertion(() => Assert.Equal(("true", "log"), (ListOf(dialog).GetAttribute("aria-busy"), ListOf(dialog).GetAttribute("data-for"))), Patience);
        Assert.Equal(["Audit log", "Login history"], OptionsOf(dialog, "Pages").Take(2).Order());
        await SettleAsync(typed);

        await SettleAsync(TypeAsync(dialog, "export ledger"));
        Assert.Equal("false", ListOf(dialog).GetAttribute("aria-busy"));
        Assert.Equal(["Ledger export"], OptionsOf(dialog, "API tokens"));
        Assert.Contains(dialog.FindAll("a[role=option]"), option => option.TextContent.Contains("Search the audit log for “export ledger”", StringComparison.Ordinal)
            && option.GetAttribute("href") == "/security/audit?q=export%20ledger");

        await SettleAsync(TypeAsync(dialog, tenant.Cashier.Email));
        Assert.Equal([tenant.Cashier.Name], OptionsOf(dialog, "Members"));
    }

    [Fact]
    public async Task An_answer_to_an_earlier_text_is_never_shown_for_a_later_one()
    {
        var source = new GatedSource();
        await using var console = NewConsole((await core.NewTenantAsync()).Admin, source);
        var dialog = Open(console);

        var first = TypeAsync(dialog, "on");
        await AskedAsync(source, "on");
        var second = TypeAsync(dialog, "one");
        await AskedAsync(source, "one");
        source.Answer("one");
        await second.WaitAsync(Patience, Stop);
        source.Answer("on");
        await first.WaitAsync(Patience, Stop);

        Assert.Equal(["found for one"], OptionsOf(dialog, "Gated"));
        Assert.True(source.WasCancelled("on"));
    }

    [Fact]
    public async Task Who_types_on_within_the_pause_asks_once()
    {
        var source = new GatedSource();
        await using var console = NewConsole((await core.NewTenantAsync()).Admin, source);
        var dialog = Open(console);

        var typed = new[] { "o", "on", "one" }.Select(text => TypeAsync(dialog, text)).ToList();
        await AskedAsync(source, "one");
        source.Answer("one");
        await Task.WhenAll(typed).WaitAsync(Patience, Stop);

        Assert.Equal(["one"], source.Asked);
    }

    [Fact]
    public async Task What_was_found_stays_while_it_fits_what_is_typed_on()
    {
        var source = new GatedSource();
        await using var console = NewConsole((await core.NewTenantAsync()).Admin, source);
        var dialog = Open(console);
        var typed = TypeAsync(dialog, "found");
        await AskedAsync(source, "found");
        source.Answer("found");
        await typed.WaitAsync(Patience, Stop);

        var more = TypeAsync(dialog, "found for");
        dialog.WaitForAssertion(() => Assert.Equal("found for", ListOf(dialog).GetAttribute("data-for")), Patience);
        Assert.Equal(["found for found"], OptionsOf(dialog, "Gated"));
        var other = TypeAsync(dialog, "other");
        dialog.WaitForAssertion(() => Assert.Empty(OptionsOf(dialog, "Gated")), Patience);
        await AskedAsync(source, "other");
        source.Answer("other");
        await Task.WhenAll(more, other).WaitAsync(Patience, Stop);
    }

    [Fact]
    public async Task A_refusal_is_shown_and_a_failure_is_without_its_inner_text()
    {
        var source = new GatedSource();
        await using var console = NewConsole((await core.NewTenantAsync()).Admin, source);
        var dialog = Open(console);

        var refused = TypeAsync(dialog, "refused");
        await AskedAsync(source, "refused");
        source.Answer("refused", AccessErrors.SessionEnded);
        await refused.WaitAsync(Patience, Stop);
        Assert.Contains(AccessErrors.SessionEnded.Message, dialog.Find("[role=alert]").TextContent, StringComparison.Ordinal);

        var broken = TypeAsync(dialog, "broken");
        await AskedAsync(source, "broken");
        source.Break("broken", new InvalidOperationException("the inner secret"));
        await broken.WaitAsync(Patience, Stop);
        Assert.Contains("The search failed", dialog.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("the inner secret", dialog.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_looked_up_for_who_may_not_see_it()
    {
        var tenant = await core.NewTenantAsync();
        await core.MakeTokenAsync(tenant, "Ledger export");
        await using var console = NewConsole(tenant.Cashier, new GatedSource());
        var dialog = Open(console);

        await SettleAsync(TypeAsync(dialog, "ledger"));

        Assert.Empty(dialog.FindAll("[role=option]"));
        Assert.Contains("Nothing fits “ledger”.", dialog.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain(await core.AuditAsync(tenant.Id), entry => entry.Action == AuditAction.AccessRefused);
    }

    [Fact]
    public async Task Counts_as_an_open_dialog_until_it_is_closed_and_leaves_nothing()
    {
        await using var console = NewConsole((await core.NewTenantAsync()).Admin);
        var open = console.Services.GetRequiredService<OpenDialogs>();
        Assert.False(open.Any);
        var dialog = Open(console);
        Assert.True(open.Any);

        await dialog.Find("[data-fc-close]").ClickAsync(new());

        dialog.WaitForAssertion(() => Assert.Empty(dialog.FindAll("[role=option]")));
        dialog.WaitForAssertion(() => Assert.False(open.Any));
    }

    private static IEnumerable<string> OptionsOf(IRenderedComponent<BrowserlessConsole.DialogHost> dialog, string group) => dialog.FindAll("[role=group]")
        .Where(each => each.QuerySelector(".fc-palette-group")!.TextContent == group)
        .SelectMany(each => each.QuerySelectorAll(".fc-palette-text")).Select(each => each.TextContent);

    private static AngleSharp.Dom.IElement ListOf(IRenderedComponent<BrowserlessConsole.DialogHost> dialog) => dialog.Find("[role=listbox]");

    private static Task TypeAsync(IRenderedComponent<BrowserlessConsole.DialogHost> dialog, string text) => dialog.Find("input").InputAsync(new ChangeEventArgs { Value = text });

    private BrowserlessConsole NewConsole(TestMember member, IPaletteSource? source = null)
    {
        var console = new BrowserlessConsole(core, member);
        console.Services.AddSingleton<PaletteSearch>();
        IPaletteSource[] sources = source is not null ? [source] : [new TokenPaletteSource(core.Get<LookUpApiTokens>()), new MemberPaletteSource(core.Get<LookUpMembers>())];
        foreach (var each in sources)
            console.Services.AddSingleton(each);
        return console;
    }

    private static IRenderedComponent<BrowserlessConsole.DialogHost> Open(BrowserlessConsole console)
    {
        var dialog = console.Open<PaletteDialog>([]);
        dialog.WaitForElement("[role=listbox] [role=option]", Patience);
        return dialog;
    }

    // The pause may begin only after the clock has moved: so it moves until the search is done.
    private async Task SettleAsync(Task typed)
    {
        await MoveClockUntilAsync(() => typed.IsCompleted);
        await typed.WaitAsync(Patience, Stop);
    }

    private Task AskedAsync(GatedSource source, string text) => MoveClockUntilAsync(() => source.Asked.Contains(text));

    private async Task MoveClockUntilAsync(Func<bool> done)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(Patience);
        while (!done())
        {
            core.Time.Advance(TimeSpan.FromMilliseconds(150));
            await Task.Delay(10, patience.Token);
        }
    }

    private sealed class GatedSource : IPaletteSource
    {
        private readonly Dictionary<string, (TaskCompletionSource<Result<IReadOnlyList<PaletteItem>>> Answer, CancellationToken Stop)> _asked = [];

        public string Title => "Gated";

        public Permission Permission => Permission.ReadTokens;

        public IReadOnlyList<string> Asked
        {
            get
            {
                lock (_asked)
                    return [.. _asked.Keys];
            }
        }

        public Task<Result<IReadOnlyList<PaletteItem>>> FindAsync(SearchWords words, Actor actor, CancellationToken cancellationToken)
        {
            var answer = new TaskCompletionSource<Result<IReadOnlyList<PaletteItem>>>(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_asked)
                _asked[words.Text] = (answer, cancellationToken);
            return answer.Task;
        }

        public bool WasCancelled(string text) => _asked[text].Stop.IsCancellationRequested;

        public void Answer(string text) => _asked[text].Answer.SetResult(new List<PaletteItem> { new($"gated-{text}", "search", $"found for {text}", "/") });

        public void Answer(string text, Error refusal) => _asked[text].Answer.SetResult(refusal);

        public void Break(string text, Exception failure) => _asked[text].Answer.SetException(failure);
    }
}

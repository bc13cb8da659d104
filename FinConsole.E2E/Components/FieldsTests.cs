using System.Text.RegularExpressions;
using FinConsole.E2E.ApiTokens;
using FinConsole.E2E.Fixtures;
using FinConsole.E2E.Team;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.Components;

/// <summary>What a form shows is what the server uses, whatever became of the events of its fields.</summary>
public sealed class FieldsTests(ConsoleServer server, Chromium chromium) : ConsoleTest(server, chromium)
{
    private OwnTenant _tenant = null!;
    private IWebSocketRoute? _line;
    private TaskCompletionSource _connected = new();
    private bool _loses;

    public override async ValueTask InitializeAsync() => _tenant = await OwnTenant.NewAsync(Server);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_typed_and_unticked_while_the_connection_was_lost_holds_for_the_token(bool noticed)
    {
        var (page, dialog) = await OpenCreateAsync();
        await dialog.Field("Environment").ChooseAsync("Staging");
        await Assertions.Expect(Scope(dialog, "write:limited")).ToBeCheckedAsync();
        await FillAsync(dialog, "Kept");

        await LoseAsync(page, noticed);
        await dialog.Field("Allowed IP addresses").FillAsync("203.0.113.0/24");
        await Scope(dialog, "write:limited").UncheckAsync();
        await dialog.Field("Holder").FillAsync("Ledger team");
        await ComeBackAsync(page, noticed);
        await dialog.Button("Create token").ClickAsync();
        await page.ShownOnceAsync();

        var token = Assert.Single(await _tenant.TokensAsync("Kept"));
        Assert.Equal(["203.0.113.0/24"], token.Allowlist);
        Assert.Equal(["read:*"], token.Scopes);
        Assert.Equal("Ledger team", token.Holder);
    }

    [Fact]
    public async Task What_was_changed_while_the_connection_was_lost_holds_for_an_edited_token()
    {
        await _tenant.AddTokenAsync("Edited");
        var page = await OpenTokensAsync();
        await page.ChooseAsync("Edited", "Edit");
        var dialog = page.DialogNamed("Edit Edited");
        await Assertions.Expect(dialog.Field("Allowed IP addresses")).ToBeVisibleAsync();
        await LoseAsync(page, noticed: true);
        await dialog.Field("Allowed IP addresses").FillAsync("198.51.100.7");
        await ComeBackAsync(page, noticed: true);
        await dialog.Button("Save changes").ClickAsync();
        await Assertions.Expect(dialog).ToHaveCountAsync(0);

        Assert.Equal(["198.51.100.7/32"], Assert.Single(await _tenant.TokensAsync("Edited")).Allowlist);
    }

    [Fact]
    public async Task A_role_chosen_while_the_connection_was_lost_is_the_role_of_the_invitation()
    {
        var page = await OpenFreshAsync(_tenant.Admin);
        await RouteAsync(page);
        await page.GoToTeamAsync();
        await page.Button("Invite member").ClickAsync();
        var dialog = page.DialogNamed("Invite member");
        var email = $"kim@{_tenant.Id:N}.example";
        await dialog.Field("Email").FillAsync(email);
        await dialog.GetByRole(AriaRole.Radio, new() { Name = "Cashier" }).CheckAsync();

        await LoseAsync(page, noticed: true);
        await dialog.GetByRole(AriaRole.Radio, new() { Name = "Security reviewer" }).CheckAsync();
        await ComeBackAsync(page, noticed: true);
        await dialog.Button("Send invitation").ClickAsync();
        await page.TakeLinkAsync($"Invitation sent to {email}");

        await Assertions.Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = email })).ToContainTextAsync("Security reviewer");
    }

    [Fact]
    public async Task A_form_submitted_while_the_connection_is_lost_stays_as_it_is_and_is_sent_when_it_is_submitted_again()
    {
        var (page, dialog) = await OpenCreateAsync();
        await FillAsync(dialog, "Twice");
        await LoseAsync(page, noticed: true);
        await dialog.Button("Create token").ClickAsync();
        await ComeBackAsync(page, noticed: true);
        await Assertions.Expect(dialog.Field("Name")).ToHaveValueAsync("Twice");
        Assert.Empty(await _tenant.TokensAsync("Twice"));

        await dialog.Button("Create token").ClickAsync();
        await page.ShownOnceAsync();
        Assert.Single(await _tenant.TokensAsync("Twice"));
    }

    [Fact]
    public async Task A_text_that_cannot_be_sent_and_one_too_long_leave_the_page_at_work()
    {
        var (page, dialog) = await OpenCreateAsync();
        await FillAsync(dialog, "Whole");
        var allowlist = dialog.Field("Allowed IP addresses");
        await allowlist.FocusAsync();
        // As a paste does it: through the browser's own editing, which keeps to the field's length.
        await page.EvaluateAsync("() => document.execCommand('insertText', false, '203.0.113.9\\n'.repeat(9000))");
        Assert.Equal(4000, (await allowlist.InputValueAsync()).Length);
        await dialog.Field("Holder").FocusAsync();
        await page.EvaluateAsync("() => document.execCommand('insertText', false, 'Team \\ud800 A')");
        await Assertions.Expect(dialog.Field("Holder")).ToHaveValueAsync("Team \uFFFD A");
        await allowlist.FillAsync("203.0.113.9");
        await dialog.Button("Create token").ClickAsync();
        await Assertions.Expect(dialog.GetByText("Use visible characters on one line.")).ToBeVisibleAsync();
        await dialog.Field("Holder").FillAsync("Team A");
        await dialog.Field("Cashier password").FillAsync(_tenant.Cashier.Password);
        await dialog.Button("Create token").ClickAsync();

        await page.ShownOnceAsync();
        Assert.Equal(["203.0.113.9/32"], Assert.Single(await _tenant.TokensAsync("Whole")).Allowlist);
    }

    private static ILocator Scope(ILocator dialog, string scope) =>
        dialog.GetByRole(AriaRole.Group, new() { Name = "Scopes" }).GetByLabel(scope, new() { Exact = true });

    private async Task FillAsync(ILocator dialog, string name)
    {
        await dialog.Field("Name").FillAsync(name);
        await dialog.Field("Cashier email").FillAsync(_tenant.Cashier.Email);
        await dialog.Field("Cashier password").FillAsync(_tenant.Cashier.Password);
    }

    private async Task<(IPage Page, ILocator Dialog)> OpenCreateAsync()
    {
        var page = await OpenTokensAsync();
        return (page, await page.OpenCreateAsync());
    }

    private async Task<IPage> OpenTokensAsync()
    {
        var page = await OpenAsync(_tenant.Developer);
        await RouteAsync(page);
        await page.GoToTokensAsync();
        return page;
    }

    private async Task RouteAsync(IPage page)
    {
        Watch(page).ExpectLostConnection();
        await page.RouteWebSocketAsync(new Regex("_blazor"), line =>
        {
            _line = line;
            _connected.TrySetResult();
            var console = line.ConnectToServer();
            line.OnMessage(message =>
            {
                if (_loses && _line == line)
                    return;
                if (message.Binary is { } bytes)
                    console.Send(bytes);
                else
                    console.Send(message.Text!);
            });
        });
    }

    // Unnoticed, what the page sends goes nowhere and the page does not know.
    private async Task LoseAsync(IPage page, bool noticed)
    {
        _loses = true;
        if (!noticed)
            return;
        await page.Context.SetOfflineAsync(true);
        await _line!.CloseAsync();
        await Assertions.Expect(page.GetByText("The connection was lost.")).ToBeVisibleAsync();
    }

    private async Task ComeBackAsync(IPage page, bool noticed)
    {
        if (!noticed)
        {
            _connected = new TaskCompletionSource();
            await _line!.CloseAsync();
            await _connected.Task.WaitAsync(TimeSpan.FromSeconds(20), Stop);
            _loses = false;
        }
        else
        {
            _loses = false;
            await page.Context.SetOfflineAsync(false);
        }

        await Assertions.Expect(page.GetByText("The connection was lost.")).Not.ToBeVisibleAsync();
    }
}

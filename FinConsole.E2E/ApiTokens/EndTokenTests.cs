using FinConsole.Core.ApiTokens;
using FinConsole.E2E.Fixtures;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.ApiTokens;

public sealed class EndTokenTests(ConsoleServer server, Chromium chromium) : ConsoleTest(server, chromium)
{
    private OwnTenant _tenant = null!;

    public override async ValueTask InitializeAsync() => _tenant = await OwnTenant.NewAsync(Server);

    [Fact]
    public async Task Invalidating_needs_a_reason_and_ends_the_token_for_good()
    {
        var token = await _tenant.AddTokenAsync("Leaked");
        var page = await OpenTokensAsync();
        await page.ChooseAsync("Leaked", "Invalidate");
        var dialog = page.DialogNamed("Invalidate token");
        await Assertions.Expect(dialog).ToContainTextAsync("Leaked");
        await Assertions.Expect(dialog).ToContainTextAsync(token.Token.Masked);
        await Assertions.Expect(dialog).ToContainTextAsync("Requests in the last 24 hours");

        await dialog.Button("Invalidate token").ClickAsync();
        await Assertions.Expect(dialog.Field("Reason")).ToHaveAttributeAsync("aria-invalid", "true");
        Assert.Equal(TokenStatus.Active, Assert.Single(await _tenant.TokensAsync("Leaked")).Status);

        await dialog.Field("Reason").ChooseAsync("Compromised");
        await dialog.Field("Comment").FillAsync("Seen in a public repository");
        await dialog.Button("Invalidate token").DblClickAsync();
        await Assertions.Expect(page.Row("Leaked")).ToHaveCountAsync(0);

        await page.GoToTokensAsync("?status=ended");
        await Assertions.Expect(page.StatusOf("Leaked")).ToHaveTextAsync("Invalidated");
        await Assertions.Expect(page.Row("Leaked")).ToContainTextAsync("Compromised");
        Assert.Equal(["Usage", "Details"], await page.MenuOfAsync("Leaked"));
        await Assertions.Expect(page.Button("Rotate Leaked")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Disabling_can_be_undone()
    {
        await _tenant.AddTokenAsync("Paused");
        var page = await OpenTokensAsync();
        await page.ChooseAsync("Paused", "Disable");
        await page.DialogNamed("Disable Paused?").Button("Disable token").DblClickAsync();
        await Assertions.Expect(page.StatusOf("Paused")).ToHaveTextAsync("Disabled");
        await Assertions.Expect(page.Button("Rotate Paused")).ToHaveCountAsync(0);
        Assert.DoesNotContain("Disable", await page.MenuOfAsync("Paused"));

        await page.ChooseAsync("Paused", "Enable");
        await Assertions.Expect(page.StatusOf("Paused")).ToHaveTextAsync("Active");
    }

    [Fact]
    public async Task Cancelling_a_dialog_changes_nothing()
    {
        await _tenant.AddTokenAsync("Kept");
        var page = await OpenTokensAsync();
        await page.ChooseAsync("Kept", "Invalidate");
        await page.DialogNamed("Invalidate token").Field("Reason").ChooseAsync("Other");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.DialogNamed("Invalidate token")).ToHaveCountAsync(0);
        await page.ChooseAsync("Kept", "Disable");
        await page.DialogNamed("Disable Kept?").Button("Cancel").ClickAsync();
        await Assertions.Expect(page.DialogNamed("Disable Kept?")).ToHaveCountAsync(0);
        await Assertions.Expect(page.StatusOf("Kept")).ToHaveTextAsync("Active");
        Assert.Equal(TokenStatus.Active, Assert.Single(await _tenant.TokensAsync("Kept")).Status);
    }

    [Fact]
    public async Task A_second_browser_sees_the_end_by_itself()
    {
        await _tenant.AddTokenAsync("Watched");
        var watcher = await OpenAsync(_tenant.Reviewer);
        await watcher.GoToTokensAsync("?status=all");
        await Assertions.Expect(watcher.StatusOf("Watched")).ToHaveTextAsync("Active");

        var page = await OpenTokensAsync();
        await page.ChooseAsync("Watched", "Invalidate");
        var dialog = page.DialogNamed("Invalidate token");
        await dialog.Field("Reason").ChooseAsync("No longer needed");
        await dialog.Button("Invalidate token").ClickAsync();
        await Assertions.Expect(watcher.StatusOf("Watched")).ToHaveTextAsync("Invalidated");
    }

    private async Task<IPage> OpenTokensAsync()
    {
        var page = await OpenAsync(_tenant.Developer);
        await page.GoToTokensAsync();
        return page;
    }
}

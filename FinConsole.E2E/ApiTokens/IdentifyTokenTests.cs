using FinConsole.E2E.Fixtures;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.ApiTokens;

public sealed class IdentifyTokenTests(ConsoleServer server, Chromium chromium) : ConsoleTest(server, chromium)
{
    [Fact]
    public async Task Tells_ones_own_token_from_another_tenants_and_from_what_is_none()
    {
        var (tenant, neighbour) = (await OwnTenant.NewAsync(Server), await OwnTenant.NewAsync(Server));
        var mine = await tenant.AddTokenAsync("Found in a log");
        var foreign = await neighbour.AddTokenAsync("Somebody else's");

        var page = await OpenAsync(tenant.Reviewer);
        await page.GoToTokensAsync();
        List<string> sent = [];
        page.WebSocket += (_, socket) => socket.FrameSent += (_, frame) => sent.Add(frame.Text ?? System.Text.Encoding.Latin1.GetString(frame.Binary ?? []));
        await page.ReloadAsync();
        await page.Button("Identify a token").ClickAsync();
        var dialog = page.DialogNamed("Identify a token");

        await AskAsync(dialog, mine.Secret.Reveal());
        await Assertions.Expect(Answer(dialog)).ToContainTextAsync(mine.Token.Id.ToString());
        await Assertions.Expect(Answer(dialog)).ToContainTextAsync("Active");
        await Assertions.Expect(dialog.Field("Token")).ToHaveValueAsync("");
        await Accessibility.CheckAsync(page);

        await AskAsync(dialog, foreign.Secret.Reveal());
        await Assertions.Expect(Answer(dialog)).ToContainTextAsync("This is none of your tokens.");
        Assert.DoesNotContain("Somebody else's", await page.ContentAsync(), StringComparison.Ordinal);

        var last = mine.Secret.Reveal()[^1];
        await AskAsync(dialog, mine.Secret.Reveal()[..^1] + (last == 'a' ? 'b' : 'a'));
        await Assertions.Expect(Answer(dialog)).ToContainTextAsync("shape or checksum is wrong");

        // It was hashed in the browser: no part of either secret went over the line.
        Assert.NotEmpty(sent);
        Assert.DoesNotContain(sent, frame => frame.Contains(mine.Secret.Reveal()[11..^4], StringComparison.Ordinal) || frame.Contains(foreign.Secret.Reveal()[11..^4], StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_found_is_named_leads_to_its_row_and_can_be_invalidated_on_the_spot()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        var leaked = await tenant.AddTokenAsync("Leaked in a log");
        var page = await OpenFreshAsync(tenant.Developer);
        await page.GoToTokensAsync("?status=ended");
        await page.Button("Identify a token").ClickAsync();
        var dialog = page.DialogNamed("Identify a token");
        await AskAsync(dialog, leaked.Secret.Reveal());
        await Assertions.Expect(Answer(dialog).GetByRole(AriaRole.Heading, new() { Name = "Leaked in a log" })).ToBeVisibleAsync();
        await Accessibility.CheckAsync(page);

        await dialog.GetByRole(AriaRole.Link, new() { Name = "Show in the list" }).ClickAsync();
        await Assertions.Expect(page.DialogNamed("Leaked in a log")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Row("Leaked in a log")).ToBeVisibleAsync();

        await page.Button("Identify a token").ClickAsync();
        await AskAsync(dialog, leaked.Secret.Reveal());
        await dialog.Button("Invalidate this token").ClickAsync();
        var ending = page.DialogNamed("Invalidate token");
        await ending.Field("Reason").ChooseAsync("Compromised");
        await ending.Button("Invalidate token").ClickAsync();
        await Assertions.Expect(page.StatusOf("Leaked in a log")).ToHaveTextAsync("Invalidated");

        var reader = await OpenFreshAsync(tenant.Reviewer);
        await reader.GoToTokensAsync();
        await reader.Button("Identify a token").ClickAsync();
        var reading = reader.DialogNamed("Identify a token");
        await AskAsync(reading, leaked.Secret.Reveal());
        await Assertions.Expect(reading.GetByRole(AriaRole.Link, new() { Name = "Show in the list" })).ToBeVisibleAsync();
        await Assertions.Expect(reading.Button("Invalidate this token")).ToHaveCountAsync(0);
    }

    private static ILocator Answer(ILocator dialog) => dialog.GetByTestId("identify-result");

    private static async Task AskAsync(ILocator dialog, string token)
    {
        await dialog.Field("Token").FillAsync(token);
        await dialog.Button("Identify").ClickAsync();
    }
}

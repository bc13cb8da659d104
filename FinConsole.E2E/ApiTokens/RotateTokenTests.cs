using System.Text.RegularExpressions;
using FinConsole.Core.ApiTokens;
using FinConsole.E2E.Fixtures;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.ApiTokens;

public sealed class RotateTokenTests(ConsoleServer server, Chromium chromium) : ConsoleTest(server, chromium)
{
    private OwnTenant _tenant = null!;

    public override async ValueTask InitializeAsync() => _tenant = await OwnTenant.NewAsync(Server);

    [Theory]
    [InlineData("1 hour", 1)]
    [InlineData("24 hours", 24)]
    [InlineData("7 days", 168)]
    public async Task The_old_token_goes_on_for_the_overlap_nested_under_its_successor(string overlap, int hours)
    {
        var old = await _tenant.AddTokenAsync("Rotated");
        var page = await OpenTokensAsync();
        var dialog = await page.OpenRotateAsync("Rotated", _tenant.Cashier, overlap);
        await dialog.Button("Rotate token").ClickAsync();
        await page.ShownOnceAsync();
        var secret = await page.SecretAsync();
        Assert.NotEqual(old.Secret.Reveal(), secret);
        await Assertions.Expect(page.StatusOf("Rotated")).ToHaveTextAsync("Pending");
        await Assertions.Expect(page.Row("Rotated")).ToContainTextAsync("Works until the new one is saved");

        await page.SaveAsync();
        await Assertions.Expect(page.StatusOf("Rotated")).ToHaveTextAsync("Rotating");
        await Assertions.Expect(page.Row("Rotated")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Row("Rotated").GetByTestId("predecessor")).ToContainTextAsync(old.Token.Masked);
        await Assertions.Expect(page.Row("Rotated")).ToContainTextAsync(secret[^4..]);

        var tokens = await _tenant.TokensAsync("Rotated");
        var predecessor = Assert.Single(tokens, token => token.Id == old.Token.Id);
        var left = predecessor.OverlapEndsAt!.Value - DateTimeOffset.UtcNow;
        Assert.InRange(left.TotalHours, hours - 0.1, hours);
    }

    [Fact]
    public async Task A_day_is_preselected_and_the_cashier_stands_there_without_the_password()
    {
        await _tenant.AddTokenAsync("Preset");
        var page = await OpenTokensAsync();
        await page.Button("Rotate Preset").ClickAsync();
        var dialog = page.DialogNamed("Rotate token");
        await Assertions.Expect(dialog.Field("Overlap")).ToHaveValueAsync("24 hours");
        await Assertions.Expect(dialog.Field("Cashier email")).ToHaveValueAsync(_tenant.Cashier.Email);
        await Assertions.Expect(dialog.Field("Cashier password")).ToHaveValueAsync("");
        await dialog.Button("Rotate token").ClickAsync();
        await Assertions.Expect(dialog.Field("Cashier password")).ToHaveAttributeAsync("aria-invalid", "true");
        Assert.Single(await _tenant.TokensAsync("Preset"));
    }

    [Fact]
    public async Task Without_overlap_the_old_token_ends_when_the_new_one_is_saved()
    {
        var old = await _tenant.AddTokenAsync("Abrupt");
        var page = await OpenTokensAsync();
        var dialog = await page.OpenRotateAsync("Abrupt", _tenant.Cashier);
        await dialog.Field("Overlap").ChooseAsync("None: the old token stops at once");
        await dialog.Button("Rotate token").ClickAsync();
        await page.ShownOnceAsync();
        Assert.Equal(TokenStatus.Active, await StatusAsync("Abrupt", old.Token.Id));
        await page.SaveAsync();
        await Assertions.Expect(page.StatusOf("Abrupt")).ToHaveTextAsync("Active");
        Assert.Equal(TokenStatus.Retired, await StatusAsync("Abrupt", old.Token.Id));
    }

    [Fact]
    public async Task The_old_token_can_be_retired_early()
    {
        var old = await _tenant.AddTokenAsync("Early");
        var page = await OpenTokensAsync();
        var dialog = await page.OpenRotateAsync("Early", _tenant.Cashier);
        await dialog.Button("Rotate token").ClickAsync();
        await page.ShownOnceAsync();
        await page.SaveAsync();
        await Assertions.Expect(page.Button("Rotate Early")).ToHaveCountAsync(0);

        await page.ChooseAsync("Early", "Retire now");
        var confirm = page.DialogNamed("Retire the old token of Early?");
        await Assertions.Expect(confirm).ToContainTextAsync(old.Token.Masked);
        await confirm.Button("Retire now").DblClickAsync();
        await Assertions.Expect(page.StatusOf("Early")).ToHaveTextAsync("Active");
        await Assertions.Expect(page.Row("Early").GetByTestId("predecessor")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Button("Rotate Early")).ToBeVisibleAsync();
        Assert.Equal(TokenStatus.Retired, await StatusAsync("Early", old.Token.Id));
    }

    [Fact]
    public async Task A_rotation_whose_secret_was_lost_can_be_started_again()
    {
        var old = await _tenant.AddTokenAsync("Lost");
        var page = await OpenTokensAsync();
        var dialog = await page.OpenRotateAsync("Lost", _tenant.Cashier);
        await dialog.Button("Rotate token").ClickAsync();
        await page.ShownOnceAsync();
        await page.Context.CloseAsync();

        page = await OpenTokensAsync();
        await Assertions.Expect(page.StatusOf("Lost")).ToHaveTextAsync("Pending");
        await page.Button("Start the rotation of Lost again").ClickAsync();
        dialog = page.DialogNamed("Rotate token");
        await dialog.Field("Cashier password").FillAsync(_tenant.Cashier.Password);
        await dialog.Button("Rotate token").ClickAsync();
        await page.ShownOnceAsync();
        await page.SaveAsync();
        await Assertions.Expect(page.StatusOf("Lost")).ToHaveTextAsync("Rotating");
        Assert.Equal(
            [TokenStatus.Active, TokenStatus.Rotating, TokenStatus.Void],
            (await _tenant.TokensAsync("Lost")).Select(token => token.Status).Order(Comparer<TokenStatus>.Create((a, b) => string.CompareOrdinal(a.ToString(), b.ToString()))));
        Assert.Equal(TokenStatus.Rotating, await StatusAsync("Lost", old.Token.Id));
    }

    [Fact]
    public async Task Pressing_rotate_twice_makes_one_successor()
    {
        await _tenant.AddTokenAsync("Twice");
        var page = await OpenTokensAsync();
        var dialog = await page.OpenRotateAsync("Twice", _tenant.Cashier);
        await dialog.Button("Rotate token").DblClickAsync();
        await page.ShownOnceAsync();
        await page.SaveAsync();
        Assert.Equal(2, (await _tenant.TokensAsync("Twice")).Count);
    }

    [Fact]
    public async Task Of_two_people_who_rotate_one_is_told_to_reload()
    {
        await _tenant.AddTokenAsync("Raced");
        var first = await OpenTokensAsync();
        var second = await OpenTokensAsync(_tenant.Admin);
        var mine = await first.OpenRotateAsync("Raced", _tenant.Cashier);
        var theirs = await second.OpenRotateAsync("Raced", _tenant.Cashier);
        await mine.Button("Rotate token").ClickAsync();
        await first.ShownOnceAsync();
        await theirs.Button("Rotate token").ClickAsync();
        await Assertions.Expect(theirs.GetByRole(AriaRole.Alert)).ToHaveTextAsync(new Regex("Somebody rotated this token|pending|saved this token"));
        Assert.Equal(2, (await _tenant.TokensAsync("Raced")).Count);
    }

    private async Task<TokenStatus> StatusAsync(string name, Guid id) => Assert.Single(await _tenant.TokensAsync(name), token => token.Id == id).Status;

    private async Task<IPage> OpenTokensAsync(Person? person = null)
    {
        var page = await OpenAsync(person ?? _tenant.Developer);
        await page.GoToTokensAsync();
        return page;
    }
}

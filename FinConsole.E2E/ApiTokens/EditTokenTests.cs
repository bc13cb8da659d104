using FinConsole.E2E.Fixtures;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.ApiTokens;

public sealed class EditTokenTests(ConsoleServer server, Chromium chromium) : ConsoleTest(server, chromium)
{
    private OwnTenant _tenant = null!;

    public override async ValueTask InitializeAsync() => _tenant = await OwnTenant.NewAsync(Server);

    [Fact]
    public async Task Scopes_are_narrowed_and_name_holder_and_networks_change()
    {
        await _tenant.AddTokenAsync("Wide", scopes: ["read:accounts", "read:payments", "write:payments"]);
        var page = await OpenAsync(_tenant.Developer);
        await page.GoToTokensAsync();
        await page.ChooseAsync("Wide", "Edit");
        var dialog = page.DialogNamed("Edit Wide");
        var scopes = dialog.GetByRole(AriaRole.Group, new() { Name = "Scopes" }).GetByRole(AriaRole.Checkbox);
        await Assertions.Expect(scopes).ToHaveCountAsync(3);
        await Accessibility.CheckAsync(page);

        await dialog.Field("Name").FillAsync("Narrow");
        await dialog.Field("Holder").FillAsync("Dev Eloper");
        await dialog.Field("Allowed IP addresses").FillAsync("203.0.113.0/28");
        await dialog.GetByLabel("write:payments", new() { Exact = true }).UncheckAsync();
        await dialog.Button("Save changes").DblClickAsync();
        await Assertions.Expect(page.Row("Narrow")).ToBeVisibleAsync();

        var token = Assert.Single(await _tenant.TokensAsync("Narrow"));
        Assert.Equal(["read:accounts", "read:payments"], token.Scopes);
        Assert.Equal(["203.0.113.0/28"], token.Allowlist);
        Assert.Equal(_tenant.Developer.Id, token.HolderMemberId);

        await page.ChooseAsync("Narrow", "Edit");
        await Assertions.Expect(page.DialogNamed("Edit Narrow").GetByLabel("write:payments", new() { Exact = true })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_token_without_scopes_is_refused_under_the_field()
    {
        await _tenant.AddTokenAsync("Bare", scopes: ["read:accounts"]);
        var page = await OpenAsync(_tenant.Developer);
        await page.GoToTokensAsync();
        await page.ChooseAsync("Bare", "Edit");
        var dialog = page.DialogNamed("Edit Bare");
        await dialog.GetByLabel("read:accounts", new() { Exact = true }).UncheckAsync();
        await dialog.Field("Name").FillAsync("");
        await dialog.Button("Save changes").ClickAsync();
        await Assertions.Expect(dialog.GetByText("Choose at least one scope")).ToBeVisibleAsync();
        await Assertions.Expect(dialog.Field("Name")).ToHaveAttributeAsync("aria-invalid", "true");
    }
}

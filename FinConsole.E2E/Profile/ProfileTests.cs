using FinConsole.E2E.ApiTokens;
using FinConsole.E2E.Fixtures;
using FinConsole.Web;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.Profile;

public sealed class ProfileTests(ConsoleServer server, Chromium chromium) : ConsoleTest(server, chromium)
{
    [Fact]
    public async Task Name_time_zone_and_theme_show_as_soon_as_they_are_saved()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        var page = await OpenFreshAsync(tenant.Developer);
        await GoLiveAsync(page, ConsoleUrls.Profile);
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Renamed Person");
        await page.GetByLabel("Time zone", new() { Exact = true }).SelectOptionAsync("Asia/Tokyo");
        await page.GetByLabel("Theme", new() { Exact = true }).ChooseAsync("Dark");
        await page.Button("Save").DblClickAsync();

        await Assertions.Expect(page.GetByText("Your profile has been saved.")).ToBeVisibleAsync();
        await Assertions.Expect(page.Button("Account of Renamed Person")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByLabel("Time zone", new() { Exact = true })).ToHaveValueAsync("Asia/Tokyo");

        // Another browser, that has chosen no theme of its own, takes over the account's.
        var other = await OpenFreshAsync(tenant.Developer);
        await other.GotoAsync(ConsoleUrls.Overview);
        await Assertions.Expect(other.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
    }

    [Fact]
    public async Task An_empty_name_is_refused_under_its_field()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        var page = await OpenFreshAsync(tenant.Cashier);
        await GoLiveAsync(page, ConsoleUrls.Profile);
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(" ");
        await page.Button("Save").ClickAsync();
        await Assertions.Expect(page.GetByLabel("Name", new() { Exact = true })).ToHaveAttributeAsync("aria-invalid", "true");
        await Accessibility.CheckAsync(page);
    }

    [Fact]
    public async Task A_new_address_is_in_force_once_its_mailed_link_is_confirmed()
    {
        const string NewAddress = "somebody-else@elsewhere.example";
        var tenant = await OwnTenant.NewAsync(Server);
        var page = await OpenFreshAsync(tenant.Reviewer);
        await GoLiveAsync(page, ConsoleUrls.Profile);
        await page.GetByLabel("New email", new() { Exact = true }).FillAsync(NewAddress);
        await page.GetByLabel("Current password", new() { Exact = true }).FillAsync(tenant.Reviewer.Password);
        await page.Button("Send confirmation link").DblClickAsync();
        await Assertions.Expect(page.GetByText($"A confirmation link is on its way to {NewAddress}")).ToBeVisibleAsync();

        var link = await Server.Mailbox.WaitForLinkAsync(NewAddress, Stop);
        await page.GotoAsync(link.PathAndQuery);
        await Accessibility.CheckAsync(page);
        await page.Button("Confirm address").ClickAsync();
        await Assertions.Expect(page.GetByText("Your new address is in force")).ToBeVisibleAsync();
        await OpenFreshAsync(tenant.Reviewer with { Email = NewAddress });
    }
}

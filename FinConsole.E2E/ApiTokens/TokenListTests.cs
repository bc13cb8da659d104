using System.Text.RegularExpressions;
using FinConsole.Core.ApiTokens;
using FinConsole.E2E.Fixtures;
using FinConsole.Web;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.ApiTokens;

public sealed class TokenListTests(ConsoleServer server, Chromium chromium) : ConsoleTest(server, chromium)
{
    [Fact]
    public async Task Searches_and_filters_and_the_link_reproduces_the_view()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        await tenant.AddTokenAsync("Checkout");
        await tenant.AddTokenAsync("Checkout staging", TokenEnvironment.Staging);
        await tenant.AddTokenAsync("Ledger", TokenEnvironment.Production, TokenExpiry.Hours24);
        var page = await OpenAsync(tenant.Developer);
        await page.GoToTokensAsync();
        await Assertions.Expect(page.GetByTestId("token-row")).ToHaveCountAsync(3);
        await Assertions.Expect(page.GetByTestId("token-counts")).ToContainTextAsync("3 live tokens");

        await page.GetByRole(AriaRole.Searchbox).FillAsync("checkout");
        await Assertions.Expect(page.GetByTestId("token-row")).ToHaveCountAsync(2);
        await page.GetByLabel("Environment filter").SelectOptionAsync(new SelectOptionValue { Label = "Staging" });
        await Assertions.Expect(page.GetByTestId("token-row")).ToHaveCountAsync(1);
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("q=checkout.*environment=staging|environment=staging.*q=checkout"));

        var colleague = await OpenAsync(tenant.Reviewer);
        await colleague.GotoAsync(page.Url);
        await Assertions.Expect(colleague.GetByTestId("token-row")).ToHaveCountAsync(1);
        await Assertions.Expect(colleague.Row("Checkout staging")).ToBeVisibleAsync();
        await Assertions.Expect(colleague.GetByRole(AriaRole.Searchbox)).ToHaveValueAsync("checkout");
        await Assertions.Expect(colleague.GetByLabel("Environment filter")).ToHaveValueAsync("staging");

        await page.GetByRole(AriaRole.Searchbox).FillAsync("no such token");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "No token matches" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Clear filters" }).ClickAsync();
        await Assertions.Expect(page.GetByTestId("token-row")).ToHaveCountAsync(3);
    }

    [Fact]
    public async Task Sorts_by_name_by_age_and_by_expiry()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        await tenant.AddTokenAsync("Bravo", expiry: TokenExpiry.Year1);
        await tenant.AddTokenAsync("alpha", expiry: TokenExpiry.Month1);
        await tenant.AddTokenAsync("Charlie", expiry: TokenExpiry.Hours24);
        var page = await OpenAsync(tenant.Developer);
        await page.GoToTokensAsync();
        await ExpectOrderAsync(page, "Charlie", "alpha", "Bravo");
        await page.GetByLabel("Sort by").SelectOptionAsync(new SelectOptionValue { Label = "Name" });
        await ExpectOrderAsync(page, "alpha", "Bravo", "Charlie");
        await page.GetByLabel("Sort by").SelectOptionAsync(new SelectOptionValue { Label = "Expires soonest" });
        await ExpectOrderAsync(page, "Charlie", "alpha", "Bravo");
        await page.ReloadAsync();
        await ExpectOrderAsync(page, "Charlie", "alpha", "Bravo");
    }

    [Fact]
    public async Task A_columns_heading_sorts_by_it_and_says_so_and_the_second_press_goes_back()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        await tenant.AddTokenAsync("Bravo");
        await tenant.AddTokenAsync("alpha");
        await tenant.AddTokenAsync("Charlie");
        var page = await OpenAsync(tenant.Developer);
        await page.GoToTokensAsync();
        var heading = page.GetByRole(AriaRole.Columnheader, new() { Name = "Name" });
        await Assertions.Expect(heading).ToHaveAttributeAsync("aria-sort", "none");

        await heading.GetByRole(AriaRole.Button).PressAsync("Enter");
        await ExpectOrderAsync(page, "alpha", "Bravo", "Charlie");
        await Assertions.Expect(heading).ToHaveAttributeAsync("aria-sort", "ascending");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("sort=name"));

        await heading.GetByRole(AriaRole.Button).PressAsync("Enter");
        await ExpectOrderAsync(page, "Charlie", "alpha", "Bravo");
        await Assertions.Expect(heading).ToHaveAttributeAsync("aria-sort", "none");
    }

    [Fact]
    public async Task On_a_phone_the_filters_fold_behind_one_button_that_counts_them()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        await tenant.AddTokenAsync("Checkout");
        await tenant.AddTokenAsync("Checkout staging", TokenEnvironment.Staging);
        var page = await OpenAsync(tenant.Developer);
        await page.SetViewportSizeAsync(390, 844);
        await page.GoToTokensAsync();
        var toggle = page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Filters") });
        await Assertions.Expect(page.GetByLabel("Environment filter")).ToBeHiddenAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Searchbox)).ToBeVisibleAsync();

        await toggle.ClickAsync();
        await Assertions.Expect(toggle).ToHaveAttributeAsync("aria-expanded", "true");
        await page.GetByLabel("Environment filter").SelectOptionAsync(new SelectOptionValue { Label = "Staging" });
        await Assertions.Expect(page.GetByTestId("token-row")).ToHaveCountAsync(1);
        await Assertions.Expect(toggle).ToHaveTextAsync("Filters (1)");

        await toggle.ClickAsync();
        await Assertions.Expect(page.GetByLabel("Environment filter")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Pages_through_a_long_list_without_losing_or_repeating_a_token()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        await tenant.AddTokensAsync(60);
        var page = await OpenAsync(tenant.Developer);
        await page.GoToTokensAsync("?sort=name");
        await Assertions.Expect(page.GetByTestId("token-row")).ToHaveCountAsync(50);
        await page.GetByRole(AriaRole.Link, new() { Name = "Next page" }).ClickAsync();
        await Assertions.Expect(page.GetByTestId("token-row")).ToHaveCountAsync(10);
        await Assertions.Expect(page.Row("Bulk 51")).ToBeVisibleAsync();
        await Assertions.Expect(page.Row("Bulk 60")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByTestId("token-row")).ToHaveCountAsync(10);
        await page.GetByRole(AriaRole.Link, new() { Name = "First page" }).ClickAsync();
        await Assertions.Expect(page.Row("Bulk 01")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_tenant_without_tokens_is_shown_the_first_step()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        var page = await OpenAsync(tenant.Admin);
        await page.GoToTokensAsync();
        await page.Button("Create your first token").ClickAsync();
        await Assertions.Expect(page.DialogNamed("Create new token")).ToBeVisibleAsync();
        await Accessibility.CheckAsync(page);
    }

    [Fact]
    public async Task A_reviewer_sees_every_token_and_no_action_but_details()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        var token = await tenant.AddTokenAsync("Reviewed");
        var page = await OpenAsync(tenant.Reviewer);
        await page.GoToTokensAsync();
        await Assertions.Expect(page.Row("Reviewed")).ToBeVisibleAsync();
        await Assertions.Expect(page.Button("Create new token")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Button("Rotate Reviewed")).ToHaveCountAsync(0);
        Assert.Equal(["Usage", "Details"], await page.MenuOfAsync("Reviewed"));

        await page.ChooseAsync("Reviewed", "Details");
        var details = page.DialogNamed("Reviewed");
        await Assertions.Expect(details).ToContainTextAsync(token.Token.Id.ToString());
        await Assertions.Expect(details).ToContainTextAsync(tenant.Cashier.Email);
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(details).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Shows_nothing_of_another_tenant()
    {
        var page = await OpenAsync(Demo.Neighbour);
        await page.GoToTokensAsync("?status=all");
        await Assertions.Expect(page.Row("Storefront").First).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Acme", new() { Exact = false })).ToHaveCountAsync(0);
        await Assertions.Expect(page.Row("Checkout service")).ToHaveCountAsync(0);
        await page.GoToTokensAsync("?q=checkout&status=all");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "No token matches" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_demo_shows_a_token_in_every_status()
    {
        var page = await OpenAsync(Demo.Admin);
        foreach (var status in Enum.GetValues<TokenStatus>().Except([TokenStatus.Pending]))
        {
            await page.GoToTokensAsync("?status=" + status.ToString().ToLowerInvariant());
            await Assertions.Expect(page.GetByTestId("token-row").First.GetByTestId("status")).ToHaveTextAsync(status.ToString());
        }

        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Encryption Keys" })).ToHaveAttributeAsync("href", ConsoleUrls.EncryptionKeys);
    }

    private static Task ExpectOrderAsync(IPage page, params string[] names) =>
        Assertions.Expect(page.GetByTestId("token-row")).ToContainTextAsync(names);
}

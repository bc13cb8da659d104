using FinConsole.E2E.Fixtures;
using FinConsole.Web;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.ApiDocs;

/// <summary>The API's reference, for people who have no account here.</summary>
public sealed class ApiDocsTests(ConsoleServer server, Chromium chromium) : ConsoleTest(server, chromium)
{
    [Fact]
    public async Task Routes_are_found_by_their_words_and_tried_with_a_token_that_is_kept_nowhere()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        var token = await tenant.AddTokenAsync("Documented");
        var page = await OpenAsync();
        await page.GotoAsync(ConsoleUrls.ApiDocs);

        await page.GetByLabel("Search routes").FillAsync("nowhere to be found");
        await Assertions.Expect(page.GetByText("No route matches.")).ToBeVisibleAsync();
        await page.GetByLabel("Search routes").FillAsync("get /api/v1/whoami");
        await Assertions.Expect(page.GetByText("1 route", new() { Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("article:visible")).ToHaveCountAsync(1);
        var route = page.Locator("#whoAmI");
        await page.GetByLabel("Token for \"Try it\"").FillAsync(token.Secret.Reveal());
        await route.GetByText("Try it").ClickAsync();
        await route.GetByRole(AriaRole.Button, new() { Name = "Send request" }).ClickAsync();

        await Assertions.Expect(route.GetByRole(AriaRole.Status)).ToContainTextAsync("200 OK");
        await Assertions.Expect(route.GetByRole(AriaRole.Status)).ToContainTextAsync(token.Token.Id.ToString());
        var kept = await page.EvaluateAsync<string>("JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + document.cookie + location.href");
        Assert.DoesNotContain(token.Secret.Reveal(), kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_leads_to_what_its_code_means()
    {
        var page = await OpenAsync();
        Watch(page).Expect("/api/v1/whoami");
        await page.GotoAsync(ConsoleUrls.ApiDocs);
        await page.Locator("#whoAmI").GetByText("Try it").ClickAsync();
        await page.Locator("#whoAmI").GetByRole(AriaRole.Button, new() { Name = "Send request" }).ClickAsync();
        await Assertions.Expect(page.Locator("#whoAmI").GetByRole(AriaRole.Status)).ToContainTextAsync("/docs#error-invalid_token");

        await page.GotoAsync("/docs#error-invalid_token");
        await Assertions.Expect(page.Locator("#error-invalid_token")).ToBeInViewportAsync();
        await Accessibility.CheckAsync(page);
    }
}

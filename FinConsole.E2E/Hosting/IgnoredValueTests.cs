using FinConsole.E2E.Fixtures;
using FinConsole.Web;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.Hosting;

/// <summary>What an address says and its page does not understand is shown, on every list.</summary>
public sealed class IgnoredValueTests(ConsoleServer server, Chromium chromium) : ConsoleTest(server, chromium)
{
    [Theory]
    [InlineData(ConsoleUrls.Tokens, "status=odd", "Filter ignored: status=odd is not a known value.")]
    [InlineData(ConsoleUrls.Team, "role=odd", "Filter ignored: role=odd is not a known value.")]
    [InlineData(ConsoleUrls.Logins, "suspicious=maybe", "Filter ignored: suspicious=maybe is not a known value.")]
    [InlineData(ConsoleUrls.Usage, "period=odd", "Filter ignored: period=odd is not a known value.")]
    [InlineData(ConsoleUrls.Audit, "before=odd!", "Filter ignored: before=odd! is not a known value.")]
    public async Task A_value_that_is_not_understood_stands_above_the_list_and_goes_with_it(string list, string query, string notice)
    {
        var tenant = await OwnTenant.NewAsync(Server);
        var page = await OpenAsync(tenant.Admin);

        await page.GotoAsync($"{list}?{query}&utm_source=mail");

        await Assertions.Expect(page.GetByText(notice)).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Filter ignored")).ToHaveCountAsync(1);
        await page.GotoAsync(list);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Filter ignored")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_flag_is_understood_as_true_too()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        var page = await OpenAsync(tenant.Admin);

        await page.GotoAsync($"{ConsoleUrls.Logins}?suspicious=true");

        await Assertions.Expect(page.GetByRole(AriaRole.Checkbox, new() { Name = "Suspicious only" })).ToBeCheckedAsync();
        await Assertions.Expect(page.GetByText("Filter ignored")).ToHaveCountAsync(0);
    }
}

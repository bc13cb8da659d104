using System.Text.RegularExpressions;
using FinConsole.E2E.ApiTokens;
using FinConsole.E2E.Audit;
using FinConsole.E2E.Fixtures;
using FinConsole.E2E.LoginHistory;
using FinConsole.E2E.Policies;
using FinConsole.Web;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.Components;

/// <summary>What <see cref="PagesTests"/> asks of every page and dialog, of those of the log, the policy and the sign-ins.</summary>
public sealed class SecurityPagesTests(ConsoleServer server, Chromium chromium) : ConsoleTest(server, chromium)
{
    private static readonly Dictionary<string, Func<IPage, Task>> Pages = new()
    {
        ["audit"] = page => page.GoToAuditAsync(),
        ["audit-entry"] = async page =>
        {
            await GoLiveAsync(page, ConsoleUrls.Audit + "?q=action:token.edit");
            await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Details of entry") }).First.ClickAsync();
            await Assertions.Expect(page.DialogNamed("token.edit")).ToBeVisibleAsync();
        },
        ["policy"] = page => page.GoToPolicyAsync(),
        ["policy-changed"] = async page =>
        {
            await page.GoToPolicyAsync();
            await page.Figure("Idle timeout").FillAsync("5");
            await page.Figure("Production tokens").FillAsync("2");
            await page.Figure("Keep sign-ins for").FillAsync("31");
            await page.Figure("Medium threshold").FillAsync("15");
            await Assertions.Expect(page.GetByTestId("replay-row").First).ToBeVisibleAsync();
        },
        ["policy-keys"] = async page =>
        {
            await page.GoToPolicyAsync();
            await page.GetByLabel("Require encrypted passwords and codes from programs").CheckAsync();
            await page.GetByLabel("Decrypt payloads padded with MGF1-SHA-1").CheckAsync();
            await Assertions.Expect(page.GetByTestId("policy-changes")).ToContainTextAsync("2 changes");
            await page.Figure("Keep sign-ins for").ScrollIntoViewIfNeededAsync();
        },
        ["policy-faults"] = async page =>
        {
            await page.GoToPolicyAsync();
            await page.Figure("Medium threshold").FillAsync("");
            await page.Figure("New device").FillAsync("101");
            await Assertions.Expect(page.GetByText("Choose between 0 and 100 points.")).ToBeVisibleAsync();
        },
        ["audit-suggestions"] = async page =>
        {
            await page.GoToAuditAsync();
            await page.Search().PressSequentiallyAsync("action:token.r");
            await Assertions.Expect(page.Suggestions()).ToHaveCountAsync(5);
            await page.Keyboard.PressAsync("ArrowDown");
        },
        ["audit-fault"] = async page =>
        {
            await GoLiveAsync(page, ConsoleUrls.Audit + "?q=result:failure+action:token.rotat");
            await Assertions.Expect(page.GetByTestId("search-fault")).ToBeVisibleAsync();
        },
        ["audit-nothing"] = async page =>
        {
            await GoLiveAsync(page, ConsoleUrls.Audit + "?q=nothing-of-the-sort");
            await Assertions.Expect(page.GetByText("Nothing in the log fits this search.")).ToBeVisibleAsync();
        },
        ["audit-verified"] = async page =>
        {
            await page.GoToAuditAsync();
            await page.Button("Verify chain").ClickAsync();
            await Assertions.Expect(page.GetByTestId("verdict")).ToBeVisibleAsync();
        },
        ["logins"] = async page =>
        {
            await page.GoToLoginsAsync("?suspicious=1");
            await Assertions.Expect(page.GetByTestId("reason").First).ToBeVisibleAsync();
        },
        ["login-attempt"] = async page =>
        {
            await page.GoToLoginsAsync("?suspicious=1");
            await page.OpenAttemptAsync(page.Attempt("Impossible travel"));
        },
        ["not-me"] = async page =>
        {
            await page.GoToLoginsAsync("?suspicious=1");
            await (await page.OpenAttemptAsync(page.Attempt("Impossible travel"))).Button("Suspicious").ClickAsync();
            await Assertions.Expect(page.DialogNamed("This was not Priya Raman")).ToBeVisibleAsync();
        },
        ["logins-none"] = async page =>
        {
            await page.GoToLoginsAsync("?ip=192.0.2.1");
            await Assertions.Expect(page.GetByText("No attempt matches")).ToBeVisibleAsync();
        },
    };

    private static readonly HashSet<string> Documented = ["audit", "audit-entry", "audit-suggestions", "logins", "login-attempt", "not-me", "policy", "policy-changed"];

    public static TheoryData<string, int> PagesAndWidths() => Looks.Of(Pages.Keys);

    [Theory]
    [MemberData(nameof(PagesAndWidths))]
    public async Task Is_accessible_and_fits(string name, int width)
    {
        var look = Look.Of(width, "light");
        var page = await OpenAsync(Demo.Admin, look);
        await Pages[name](page);

        await Looks.CheckAsync(page, name, look, Documented.Contains(name));
    }
}

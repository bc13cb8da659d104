using System.Net;
using System.Text.RegularExpressions;
using FinConsole.Core.Usage;
using FinConsole.Core.Usage.Recording;
using FinConsole.E2E.ApiTokens;
using FinConsole.E2E.Fixtures;
using FinConsole.Web;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.Usage;

/// <summary>Usage in the browser: its page, and what it tells on the tokens page.</summary>
public sealed class UsageTests(ConsoleServer server, Chromium chromium) : ConsoleTest(server, chromium)
{
    private OwnTenant _tenant = null!;

    public override async ValueTask InitializeAsync() => _tenant = await OwnTenant.NewAsync(Server);

    [Fact]
    public async Task The_page_shows_requests_and_narrows_by_bar_and_name_to_an_address_that_can_be_shared()
    {
        var (till, report) = (await _tenant.AddTokenAsync("Till"), await _tenant.AddTokenAsync("Report"));
        await UseAsync(till.Token.Id, DateTimeOffset.UtcNow, "GET /payments", 200, 40);
        await UseAsync(till.Token.Id, DateTimeOffset.UtcNow, "POST /payments", 422, 2);
        await UseAsync(report.Token.Id, DateTimeOffset.UtcNow, "GET /reports", 500, 3);

        var page = await OpenAsync(_tenant.Reviewer);
        await GoLiveAsync(page, ConsoleUrls.Usage);
        await Assertions.Expect(page.GetByTestId("usage-total")).ToHaveTextAsync("45 requests");
        await Assertions.Expect(page.GetByTestId("usage-tokens").GetByRole(AriaRole.Row)).ToHaveCountAsync(3);
        await Assertions.Expect(page.GetByTestId("usage-chart").GetByRole(AriaRole.List)).ToContainTextAsync("Server errors 3");

        await page.GetByTestId("usage-tokens").GetByRole(AriaRole.Link, new() { Name = "Till" }).ClickAsync();
        await Assertions.Expect(page.GetByTestId("usage-total")).ToHaveTextAsync("42 requests");
        await page.GetByTestId("usage-endpoints").GetByRole(AriaRole.Link, new() { Name = "POST /payments" }).ClickAsync();
        await Assertions.Expect(page.GetByTestId("usage-total")).ToHaveTextAsync("2 requests");

        // Today is the last bar, which is where the keyboard enters the chart.
        var bars = page.GetByTestId("usage-chart").GetByRole(AriaRole.Button);
        await Assertions.Expect(bars).ToHaveCountAsync(7);
        await bars.Last.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(@"from=\d{4}-\d\d-\d\d&to=\d{4}-\d\d-\d\d&token=.*&endpoint="));
        await Assertions.Expect(page.GetByTestId("usage-chart").GetByRole(AriaRole.Button, new() { NameRegex = new Regex("2 client errors") })).ToHaveCountAsync(1);

        var shared = await OpenAsync(_tenant.Developer);
        await GoLiveAsync(shared, page.Url);
        await Assertions.Expect(shared.GetByTestId("usage-total")).ToHaveTextAsync("2 requests");
        await shared.GetByTestId("usage-filters").GetByRole(AriaRole.Link, new() { Name = "Remove the filter POST /payments" }).ClickAsync();
        await Assertions.Expect(shared.GetByTestId("usage-total")).ToHaveTextAsync("42 requests");
    }

    [Fact]
    public async Task A_rotation_says_when_the_old_token_is_safe_to_retire_and_an_invalidation_what_it_breaks()
    {
        var old = await _tenant.AddTokenAsync("Ledger");
        var page = await OpenAsync(_tenant.Developer);
        await page.GoToTokensAsync();
        var dialog = await page.OpenRotateAsync("Ledger", _tenant.Cashier, "24 hours");
        await dialog.Button("Rotate token").ClickAsync();
        await page.ShownOnceAsync();
        await page.SaveAsync();
        var fresh = Assert.Single(await _tenant.TokensAsync("Ledger"), token => token.Id != old.Token.Id);

        // As if the new one had been saved two hours ago, and the old one was last used then.
        await _tenant.ChangeTokenAsync("Ledger", set => set.SetProperty(token => token.AcknowledgedAt, DateTimeOffset.UtcNow.AddHours(-2)));
        await UseAsync(old.Token.Id, DateTimeOffset.UtcNow.AddHours(-2), "GET /accounts", 200, 5);
        await UseAsync(fresh.Id, DateTimeOffset.UtcNow, "GET /accounts", 200, 8);
        await page.GoToTokensAsync();
        var traffic = page.Row("Ledger").GetByTestId("rotation-traffic");
        await Assertions.Expect(traffic).ToContainTextAsync("5 requests with the old one, 8 requests with the new one");
        await Assertions.Expect(traffic.GetByTestId("safe-to-retire")).ToHaveTextAsync("Safe to retire");
        await traffic.Button("Retire now: the previous token of Ledger").ClickAsync();
        await page.DialogNamed("Retire the old token of Ledger?").Button("Retire now").ClickAsync();
        await Assertions.Expect(page.Row("Ledger").GetByTestId("predecessor")).ToHaveCountAsync(0);

        await page.ChooseAsync("Ledger", "Invalidate");
        var radius = page.DialogNamed("Invalidate token").GetByTestId("blast-radius");
        await Assertions.Expect(radius).ToContainTextAsync(new Regex(@"Requests in the last 24 hours\s+8"));
        await Assertions.Expect(radius).ToContainTextAsync("203.0.113.7");
        await Assertions.Expect(radius).ToContainTextAsync("GET /accounts");
    }

    private async Task UseAsync(Guid token, DateTimeOffset at, string endpoint, int status, int times)
    {
        var recorder = Server.Get<UsageRecorder>();
        for (var time = 0; time < times; time++)
            recorder.Count(new UsageEvent(_tenant.Id, token, endpoint, status, IPAddress.Parse("203.0.113.7"), null, at));
        await Server.Get<UsageFlush>().RunAsync(Stop);
    }
}

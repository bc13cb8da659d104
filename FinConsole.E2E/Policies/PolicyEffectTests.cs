using System.Text.RegularExpressions;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.Policies;
using FinConsole.E2E.ApiTokens;
using FinConsole.E2E.Fixtures;
using FinConsole.Web;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.Policies;

/// <summary>What a change of policy touches is said before it is saved, and happens afterwards.</summary>
public sealed class PolicyEffectTests(ConsoleServer server, Chromium chromium) : ConsoleTest(server, chromium)
{
    private const string Encrypted = "Require encrypted passwords and codes from programs";

    [Fact]
    public async Task Each_figure_tells_what_it_touches_is_saved_and_comes_back()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        await tenant.AddTokenAsync("Ledger", TokenEnvironment.Production);
        await tenant.ChangeTokenAsync("Ledger", set => set.SetProperty(token => token.CreatedAt, DateTimeOffset.UtcNow.AddDays(-40)));
        await Server.AddAttemptAsync(tenant, "old@tenant.example", 200);
        await Server.AddAttemptAsync(tenant, "older@tenant.example", 300);
        var page = await OpenFreshAsync(tenant.Admin);
        await page.GoToPolicyAsync();
        await Assertions.Expect(page.GetByTestId("policy-changes")).ToContainTextAsync("No changes");
        await page.GetByLabel("Decrypt payloads padded with MGF1-SHA-1").CheckAsync();
        await Assertions.Expect(page.GetByTestId("policy-changes")).ToContainTextAsync("1 change");
        await page.Button("Discard").ClickAsync();
        await Assertions.Expect(page.GetByTestId("policy-changes")).ToContainTextAsync("No changes");
        await Assertions.Expect(page.GetByLabel("Decrypt payloads padded with MGF1-SHA-1")).Not.ToBeCheckedAsync();

        await page.Figure("Idle timeout").FillAsync("10");
        await Assertions.Expect(page.GetByText("No open session ends now.")).ToBeVisibleAsync();
        await page.Figure("Maximum session lifetime").FillAsync("8");
        await page.Figure("Production tokens").FillAsync("30");
        await Assertions.Expect(page.GetByText("1 token would become overdue.")).ToBeVisibleAsync();
        await page.Figure("Encryption key").FillAsync("180");
        await page.Figure("Keep sign-ins for").FillAsync("90");
        await Assertions.Expect(page.GetByText("2 sign-ins older than 90 days would be deleted.")).ToBeVisibleAsync();
        await page.Figure("High threshold").FillAsync("70");
        await page.Figure("Unusual hour").FillAsync("0");
        await page.GetByLabel(Encrypted).CheckAsync();
        await Assertions.Expect(page.GetByText("refused from the moment you save, with the word \"encryption_required\"")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByTestId("policy-changes")).ToContainTextAsync("8 changes");
        await Assertions.Expect(page.GetByTestId("policy-changes")).ToContainTextAsync("Production tokens: 90 → 30 days");
        await page.SavePolicyAsync();

        await Assertions.Expect(page.Button("Save changes")).ToBeFocusedAsync();
        await Assertions.Expect(page.Button("Save changes")).ToBeDisabledAsync();
        await page.ReloadAsync();
        foreach (var (label, value) in new[]
        {
            ("Idle timeout", "10"), ("Maximum session lifetime", "8"), ("Production tokens", "30"), ("Encryption key", "180"), ("Keep sign-ins for", "90"), ("High threshold", "70"), ("Unusual hour", "0"),
            ("Development tokens", "180"), ("New country", "25"),
        })
        {
            await Assertions.Expect(page.Figure(label)).ToHaveValueAsync(value);
        }

        await Assertions.Expect(page.GetByLabel(Encrypted)).ToBeCheckedAsync();
        await page.GoToTokensAsync();
        await Assertions.Expect(page.Row("Ledger")).ToContainTextAsync("Overdue");
    }

    [Fact]
    public async Task Other_thresholds_are_replayed_over_the_last_90_days_before_they_are_saved()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        await Server.AddAttemptAsync(tenant, "abroad@tenant.example", 3, RiskReasons.NewCountry | RiskReasons.NewDevice);
        await Server.AddAttemptAsync(tenant, "laptop@tenant.example", 5, RiskReasons.NewDevice);
        await Server.AddAttemptAsync(tenant, "phone@tenant.example", 100, RiskReasons.NewDevice);
        var page = await OpenFreshAsync(tenant.Admin);
        await page.GoToPolicyAsync();
        await Assertions.Expect(page.GetByTestId("risk-samples").Locator("li").Nth(1)).ToHaveTextAsync(new Regex("New country [+] New device\\s*40 points\\s*Medium"));

        await page.Figure("Medium threshold").FillAsync("15");

        await Assertions.Expect(page.GetByTestId("risk-replay")).ToContainTextAsync("2 of the last 90 days’ sign-ins would be suspicious instead of 1, 0 of them high instead of 0.");
        var row = page.GetByTestId("replay-row");
        await Assertions.Expect(row).ToHaveCountAsync(1);
        await Assertions.Expect(row).ToContainTextAsync("laptop@tenant.example");
        await Assertions.Expect(row).ToContainTextAsync("Low, 15");
        await Assertions.Expect(row).ToContainTextAsync("Medium, 15");

        await page.Figure("Medium threshold").FillAsync("30");
        await page.Figure("New device").FillAsync("0");
        await Assertions.Expect(page.GetByTestId("risk-replay")).ToContainTextAsync("0 of the last 90 days’ sign-ins would be suspicious instead of 1");
        await Assertions.Expect(row).ToContainTextAsync("abroad@tenant.example");
        await page.Button("Reset to defaults: Suspicious sign-ins").ClickAsync();
        await Assertions.Expect(page.GetByTestId("risk-replay")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Figure("New device")).ToHaveValueAsync("15");
        await Assertions.Expect(page.GetByTestId("policy-changes")).ToContainTextAsync("No changes");
    }

    [Fact]
    public async Task A_shorter_idle_limit_ends_the_page_of_somebody_who_is_away()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        var developer = await OpenFreshAsync(tenant.Developer);
        await developer.GoToTokensAsync();
        await Server.RestAsync(tenant, tenant.Developer, TimeSpan.FromMinutes(8));
        var admin = await OpenFreshAsync(tenant.Admin);
        await admin.GoToPolicyAsync();

        await admin.Figure("Idle timeout").FillAsync("5");
        await Assertions.Expect(admin.GetByText("1 open session would end now.")).ToBeVisibleAsync();
        await Assertions.Expect(developer).ToHaveURLAsync(new Regex("/tokens$"));
        await admin.SavePolicyAsync();

        await Assertions.Expect(developer).ToHaveURLAsync(new Regex("/account/login"));
        await Assertions.Expect(admin).ToHaveURLAsync(new Regex("/settings/policy$"));
    }

    [Fact]
    public async Task What_is_out_of_range_is_told_beside_the_field_and_keeps_the_focus()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        var page = await OpenFreshAsync(tenant.Admin);
        await page.GoToPolicyAsync();

        await page.Figure("High threshold").FillAsync("20");
        await Assertions.Expect(page.GetByText("High begins above medium: choose between 31 and 100 points.")).ToBeVisibleAsync();
        await page.Figure("Keep sign-ins for").FillAsync("");
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Figure("High threshold")).ToBeFocusedAsync();
        await Assertions.Expect(page.GetByText("Choose between 30 and 3650 days.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByTestId("policy-changes")).ToContainTextAsync("Some figures are out of range.");
        await page.Button("Discard").ClickAsync();
        await Assertions.Expect(page.Figure("High threshold")).ToHaveValueAsync("60");
    }

    [Fact]
    public async Task Somebody_else_s_change_is_not_overwritten_and_one_s_own_is_not_lost()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        var (one, other) = (await OpenFreshAsync(tenant.Admin), await OpenFreshAsync(tenant.Admin));
        await one.GoToPolicyAsync();
        await other.GoToPolicyAsync();
        await one.Figure("Maximum session lifetime").FillAsync("6");
        await one.SavePolicyAsync();

        await other.Figure("Idle timeout").FillAsync("20");
        await other.Button("Save changes").ClickAsync();
        await Assertions.Expect(other.GetByRole(AriaRole.Alert)).ToContainTextAsync("Somebody else changed the policy meanwhile.");
        await other.Button("Take over their changes").ClickAsync();

        await Assertions.Expect(other.Figure("Maximum session lifetime")).ToHaveValueAsync("6");
        await Assertions.Expect(other.Figure("Idle timeout")).ToHaveValueAsync("20");
        await other.SavePolicyAsync();
        await one.ReloadAsync();
        await Assertions.Expect(one.Figure("Idle timeout")).ToHaveValueAsync("20");
        await Assertions.Expect(one.Figure("Maximum session lifetime")).ToHaveValueAsync("6");
    }

    [Fact]
    public async Task Nobody_but_an_admin_is_shown_it()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        foreach (var person in new[] { tenant.Developer, tenant.Reviewer, tenant.Cashier })
        {
            var page = await OpenFreshAsync(person);
            await GoLiveAsync(page, ConsoleUrls.Profile);
            await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Policy", Exact = true })).ToHaveCountAsync(0);
            Watch(page).Expect("answer 403");
            Assert.Equal(403, (await page.GotoAsync(ConsoleUrls.Policy))!.Status);
            await Assertions.Expect(page.Button("Save changes")).ToHaveCountAsync(0);
        }
    }
}

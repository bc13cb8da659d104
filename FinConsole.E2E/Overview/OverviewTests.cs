using System.Text.RegularExpressions;
using FinConsole.Core.ApiTokens;
using FinConsole.E2E.ApiTokens;
using FinConsole.E2E.Fixtures;
using FinConsole.Web;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.Overview;

public sealed class OverviewTests(ConsoleServer server, Chromium chromium) : ConsoleTest(server, chromium)
{
    [Fact]
    public async Task What_needs_attention_leads_to_its_token()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        await tenant.AddTokenAsync("Calm", expiry: TokenExpiry.Year1);
        await tenant.AddTokenAsync("Bulk settlement", expiry: TokenExpiry.Year1);
        await tenant.ChangeTokenAsync("Calm", token => token.SetProperty(row => row.ExpiresAt, DateTimeOffset.UtcNow.AddDays(3)));
        var page = await OpenAsync(tenant.Admin);
        await GoLiveAsync(page, ConsoleUrls.Overview);
        var attention = page.GetByTestId("attention").GetByRole(AriaRole.Listitem);
        await Assertions.Expect(attention).ToHaveCountAsync(1);
        await Assertions.Expect(attention).ToContainTextAsync(["Expiring"]);
        await attention.GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(page.StatusOf("Calm")).ToHaveTextAsync("Expiring");
        await Assertions.Expect(page.GetByTestId("token-row")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Accounts_without_a_second_factor_an_old_key_and_waiting_invitations_are_told_to_those_who_can_do_something_about_them()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        await tenant.InviteAsync("new@elsewhere.example");
        await tenant.AgeKeyAsync(days: 366);
        var page = await OpenAsync(tenant.Admin);
        await GoLiveAsync(page, ConsoleUrls.Overview);
        var findings = page.GetByTestId("account-findings").GetByRole(AriaRole.Listitem);
        await Assertions.Expect(findings).ToContainTextAsync(["4 members without two-factor authentication", "The encryption key is older than a year", "1 pending invitation"]);
        await findings.GetByRole(AriaRole.Link, new() { Name = "1 pending invitation" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/team$"));

        var developer = await OpenAsync(tenant.Developer);
        await GoLiveAsync(developer, ConsoleUrls.Overview);
        await Assertions.Expect(developer.GetByTestId("account-findings").GetByRole(AriaRole.Listitem)).ToContainTextAsync(["The encryption key is older than a year"]);
        var reviewer = await OpenAsync(tenant.Reviewer);
        await GoLiveAsync(reviewer, ConsoleUrls.Overview);
        await Assertions.Expect(reviewer.GetByText("Accounts and keys")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task First_steps_lead_to_their_actions_tick_by_themselves_and_can_be_dismissed()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        var page = await OpenAsync(tenant.Admin);
        await GoLiveAsync(page, ConsoleUrls.Overview);
        var steps = page.GetByTestId("setup-checklist");
        await Assertions.Expect(steps.GetByRole(AriaRole.Status)).ToHaveTextAsync("2 of 4 done");
        await Accessibility.CheckAsync(page);
        await steps.GetByRole(AriaRole.Link, new() { Name = "Invite your first member" }).ClickAsync();
        await Assertions.Expect(page.DialogNamed("Invite member")).ToBeVisibleAsync();
        await GoLiveAsync(page, ConsoleUrls.Overview);
        await steps.GetByRole(AriaRole.Link, new() { Name = "Create your first API token" }).ClickAsync();
        await Assertions.Expect(page.DialogNamed("Create new token")).ToBeVisibleAsync();

        await GoLiveAsync(page, ConsoleUrls.Overview);
        await tenant.AddTokenAsync("First");
        await Assertions.Expect(steps.GetByRole(AriaRole.Status)).ToHaveTextAsync("3 of 4 done");
        await steps.GetByRole(AriaRole.Button, new() { Name = "Dismiss" }).PressAsync("Enter");
        await Assertions.Expect(steps).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeFocusedAsync();
        await GoLiveAsync(page, ConsoleUrls.Overview);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Needs attention" })).ToBeVisibleAsync();
        await Assertions.Expect(steps).ToHaveCountAsync(0);

        foreach (var other in new[] { tenant.Developer, tenant.Reviewer })
        {
            var theirs = await OpenAsync(other);
            await GoLiveAsync(theirs, ConsoleUrls.Overview);
            await Assertions.Expect(theirs.GetByTestId("setup-checklist")).ToHaveCountAsync(0);
        }
    }

    [Fact]
    public async Task Figures_lead_to_what_they_count()
    {
        var page = await OpenAsync(Demo.Admin);
        await GoLiveAsync(page, ConsoleUrls.Overview);
        var figure = page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("Expiring soon") });
        var number = int.Parse(Regex.Match(await figure.InnerTextAsync(), "[0-9]+").Value, System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(number > 0);
        await figure.ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("status=expiring"));
        await Assertions.Expect(page.GetByTestId("token-row").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Recent_activity_is_for_those_who_may_read_the_audit_log()
    {
        var reviewer = await OpenAsync(Demo.Reviewer);
        await reviewer.GotoAsync(ConsoleUrls.Overview);
        await Assertions.Expect(reviewer.GetByTestId("recent").GetByRole(AriaRole.Listitem)).ToHaveCountAsync(6);
        var developer = await OpenAsync(Demo.Developer);
        await developer.GotoAsync(ConsoleUrls.Overview);
        await Assertions.Expect(developer.GetByRole(AriaRole.Heading, new() { Name = "Where to go" })).ToBeVisibleAsync();
        await Assertions.Expect(developer.GetByTestId("recent")).ToHaveCountAsync(0);
    }
}

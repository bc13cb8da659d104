using System.Diagnostics;
using System.Text.RegularExpressions;
using FinConsole.E2E.ApiTokens;
using FinConsole.E2E.Fixtures;
using FinConsole.E2E.Mfa;
using FinConsole.Web;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.Team;

public sealed class MemberTests(ConsoleServer server, Chromium chromium) : ConsoleTest(server, chromium)
{
    private static readonly Regex AtSignIn = new("/account/login");
    private static readonly TimeSpan CutOffWithin = TimeSpan.FromSeconds(1);

    private OwnTenant _tenant = null!;

    public override async ValueTask InitializeAsync() => _tenant = await OwnTenant.NewAsync(Server);

    [Fact]
    public async Task A_changed_role_takes_the_rights_of_the_other_browser_s_page_at_once()
    {
        var other = await OpenFreshAsync(_tenant.Developer);
        await other.GoToTokensAsync();
        await Assertions.Expect(other.Button("Create new token").First).ToBeVisibleAsync();
        Watch(other).ExpectLostConnection();
        var admin = await OpenFreshAsync(_tenant.Admin);
        await admin.GoToTeamAsync();

        await admin.ChooseMemberAsync(_tenant.Developer.Name, "Change role");
        var dialog = admin.DialogNamed($"Change the role of {_tenant.Developer.Name}");
        await Assertions.Expect(dialog.Button("Change role")).ToBeDisabledAsync();
        await dialog.GetByRole(AriaRole.Radio, new() { Name = "Security reviewer" }).CheckAsync();
        var took = await CutOffAsync(other, () => dialog.Button("Change role").ClickAsync());

        Assert.True(took < CutOffWithin, $"It took {took.TotalMilliseconds:0} ms from the press of the button.");
        await Assertions.Expect(admin.MemberRow(_tenant.Developer.Name)).ToContainTextAsync("Security reviewer");
        await Assertions.Expect(other.GetByRole(AriaRole.Main).GetByRole(AriaRole.Status)).ToContainTextAsync("Your session has ended");
        await other.TrySignInAsync(_tenant.Developer.Email, _tenant.Developer.Password);
        await Assertions.Expect(other.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "API Connections" })).ToBeVisibleAsync();
        await Assertions.Expect(other.Button("Create new token")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_deactivated_member_is_cut_off_within_a_second_and_comes_back_when_reactivated()
    {
        var other = await OpenFreshAsync(_tenant.Reviewer);
        await GoLiveAsync(other, ConsoleUrls.Audit);
        Watch(other).ExpectLostConnection();
        var admin = await OpenFreshAsync(_tenant.Admin);
        await admin.GoToTeamAsync();

        await admin.ChooseMemberAsync(_tenant.Reviewer.Name, "Deactivate");
        var dialog = admin.DialogNamed($"Deactivate {_tenant.Reviewer.Name}?");
        await Assertions.Expect(dialog.GetByTestId("blast-radius")).ToContainTextAsync("1 open session ends at once");
        await Assertions.Expect(dialog.GetByText("No live token was made or is kept")).ToBeVisibleAsync();
        await Assertions.Expect(dialog.Button("Cancel")).ToBeFocusedAsync();
        var took = await CutOffAsync(other, () => dialog.Button("Deactivate").DblClickAsync());

        Assert.True(took < CutOffWithin, $"It took {took.TotalMilliseconds:0} ms from the press of the button.");
        await Assertions.Expect(admin.MemberRow(_tenant.Reviewer.Name).GetByTestId("status")).ToHaveTextAsync("Deactivated");
        await other.TrySignInAsync(_tenant.Reviewer.Email, _tenant.Reviewer.Password);
        await Assertions.Expect(other.GetByRole(AriaRole.Main).GetByRole(AriaRole.Alert)).ToContainTextAsync("don't match an account");

        await admin.ChooseMemberAsync(_tenant.Reviewer.Name, "Reactivate");
        await admin.DialogNamed($"Reactivate {_tenant.Reviewer.Name}?").Button("Reactivate").ClickAsync();
        await Assertions.Expect(admin.MemberRow(_tenant.Reviewer.Name).GetByTestId("status")).ToHaveCountAsync(0);
        await other.TrySignInAsync(_tenant.Reviewer.Email, _tenant.Reviewer.Password);
        await Assertions.Expect(other).Not.ToHaveURLAsync(AtSignIn);
    }

    [Fact]
    public async Task The_last_admin_is_told_so_and_stays()
    {
        var admin = await OpenFreshAsync(_tenant.Admin);
        await admin.GoToTeamAsync();
        await Assertions.Expect(admin.MemberRow(_tenant.Admin.Name)).ToContainTextAsync("You");

        await admin.ChooseMemberAsync(_tenant.Admin.Name, "Deactivate");
        var dialog = admin.DialogNamed($"Deactivate {_tenant.Admin.Name}?");
        await dialog.Button("Deactivate").ClickAsync();
        await Assertions.Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("This is the last active tenant admin.");
        await dialog.Button("Cancel").ClickAsync();

        await admin.ChooseMemberAsync(_tenant.Admin.Name, "Change role");
        dialog = admin.DialogNamed($"Change the role of {_tenant.Admin.Name}");
        await dialog.GetByRole(AriaRole.Radio, new() { Name = "Cashier" }).CheckAsync();
        await dialog.Button("Change role").ClickAsync();
        await Assertions.Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("This is the last active tenant admin.");
        await dialog.Button("Cancel").ClickAsync();
        await Assertions.Expect(admin.MemberRow(_tenant.Admin.Name)).ToContainTextAsync("Tenant admin");
    }

    [Fact]
    public async Task Tokens_that_somebody_leaves_behind_are_offered_to_rotate()
    {
        await _tenant.AddTokenAsync("Left behind");
        await _tenant.ChangeTokenAsync("Left behind", change => change.SetProperty(token => token.CreatedById, _tenant.Developer.Id));
        var admin = await OpenFreshAsync(_tenant.Admin);
        await admin.GoToTeamAsync();
        await admin.ChooseMemberAsync(_tenant.Developer.Name, "Deactivate");
        var dialog = admin.DialogNamed($"Deactivate {_tenant.Developer.Name}?");
        await Assertions.Expect(dialog.GetByTestId("member-token")).ToContainTextAsync("Left behind");

        var rotating = await admin.Context.RunAndWaitForPageAsync(() => dialog.GetByRole(AriaRole.Link, new() { Name = "Rotate Left behind (opens in a new tab)" }).ClickAsync());
        await Assertions.Expect(rotating.DialogNamed("Rotate token")).ToBeVisibleAsync();
        await Assertions.Expect(rotating.DialogNamed("Rotate token")).ToContainTextAsync("Left behind");
        await Assertions.Expect(rotating).Not.ToHaveURLAsync(new Regex("rotate="));
        await rotating.CloseAsync();
        await Assertions.Expect(dialog).ToBeVisibleAsync();

        await dialog.Button("Cancel").ClickAsync();
        await admin.ChooseMemberAsync(_tenant.Cashier.Name, "Deactivate");
        await Assertions.Expect(admin.DialogNamed($"Deactivate {_tenant.Cashier.Name}?").GetByTestId("blast-radius")).ToContainTextAsync("1 token acts as this account and is refused at once");
    }

    [Fact]
    public async Task Somebody_whose_second_factor_an_admin_resets_is_signed_out_and_gets_in_with_the_password_alone()
    {
        var developer = await OpenFreshAsync(_tenant.Developer);
        await developer.EnrolAsync();
        Watch(developer).ExpectLostConnection();
        var admin = await OpenFreshAsync(_tenant.Admin);
        await admin.GoToTeamAsync();
        await Assertions.Expect(admin.MemberRow(_tenant.Developer.Name).GetByTestId("mfa")).ToHaveTextAsync("On");

        await admin.ChooseMemberAsync(_tenant.Developer.Name, "Reset two-factor");
        await admin.DialogNamed($"Reset two-factor authentication of {_tenant.Developer.Name}?").Button("Reset two-factor").ClickAsync();

        await Assertions.Expect(admin.MemberRow(_tenant.Developer.Name).GetByTestId("mfa")).ToHaveTextAsync("Off");
        await admin.Button($"More actions for {_tenant.Developer.Name}").ClickAsync();
        await Assertions.Expect(admin.GetByRole(AriaRole.Menuitem, new() { Name = "Reset two-factor" })).ToHaveCountAsync(0);
        await Assertions.Expect(developer).ToHaveURLAsync(new Regex("/account/login"));
        await developer.SignInAsync(_tenant.Developer);
        await developer.GotoAsync(ConsoleUrls.Mfa);
        await Assertions.Expect(developer.GetByTestId("mfa-state")).ToHaveTextAsync("Off");
    }

    [Fact]
    public async Task Taking_a_cashier_s_role_away_says_which_tokens_that_stops()
    {
        await _tenant.AddTokenAsync("Acting");
        var admin = await OpenFreshAsync(_tenant.Admin);
        await admin.GoToTeamAsync();
        await admin.ChooseMemberAsync(_tenant.Cashier.Name, "Change role");
        var dialog = admin.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Radio, new() { Name = "Developer" }).CheckAsync();
        await Assertions.Expect(dialog.GetByText("1 token acts as this cashier and is refused at once.")).ToBeVisibleAsync();
        await dialog.Button("Change role").ClickAsync();
        await Assertions.Expect(dialog).ToHaveCountAsync(0);

        await admin.GoToTokensAsync();
        await Assertions.Expect(admin.Row("Acting")).ToContainTextAsync("Cashier gone");
    }

    [Fact]
    public async Task Search_filters_and_order_are_in_the_address_and_shown_again_from_it()
    {
        var admin = await OpenFreshAsync(_tenant.Admin);
        await admin.GoToTeamAsync();
        await Assertions.Expect(admin.GetByTestId("member-row")).ToHaveCountAsync(4);
        await Assertions.Expect(admin.GetByTestId("team-counts")).ToHaveTextAsync("4 active · 4 without two-factor");

        await admin.GetByLabel("Role", new() { Exact = true }).SelectOptionAsync("Cashier");
        await Assertions.Expect(admin.GetByTestId("member-row")).ToHaveCountAsync(1);
        await admin.GetByLabel("Search by name or email").FillAsync("nobody");
        await Assertions.Expect(admin.GetByText("Nobody matches")).ToBeVisibleAsync();
        await Assertions.Expect(admin).ToHaveURLAsync(new Regex(@"\?q=nobody&role=cashier$|\?role=cashier&q=nobody$"));
        await admin.GetByRole(AriaRole.Link, new() { Name = "Clear filters" }).ClickAsync();
        await Assertions.Expect(admin.GetByTestId("member-row")).ToHaveCountAsync(4);

        await admin.GoToTeamAsync("?q=dev&status=active&sort=newest");
        await Assertions.Expect(admin.GetByTestId("member-row")).ToHaveCountAsync(1);
        await Assertions.Expect(admin.GetByLabel("Sort by")).ToHaveValueAsync("newest");
        await Assertions.Expect(admin.GetByLabel("Status")).ToHaveValueAsync("active");
    }

    [Fact]
    public async Task Others_find_no_team_page()
    {
        foreach (var person in new[] { _tenant.Developer, _tenant.Reviewer })
        {
            var page = await OpenFreshAsync(person);
            Watch(page).Expect("answer 403");
            await GoLiveAsync(page, ConsoleUrls.Overview);
            await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Team", Exact = true })).ToHaveCountAsync(0);
            await page.GotoAsync(ConsoleUrls.Team);
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Your role doesn't include this page");
        }
    }

    // From the press to the moment at which the other browser asks for the sign-in page.
    private static async Task<TimeSpan> CutOffAsync(IPage other, Func<Task> press)
    {
        var left = new TaskCompletionSource<long>();
        other.Request += (_, request) =>
        {
            if (request.IsNavigationRequest && AtSignIn.IsMatch(request.Url))
                left.TrySetResult(Stopwatch.GetTimestamp());
        };
        var pressed = Stopwatch.GetTimestamp();
        await press();
        var took = Stopwatch.GetElapsedTime(pressed, await left.Task.WaitAsync(TimeSpan.FromSeconds(20), Stop));
        await Assertions.Expect(other).ToHaveURLAsync(AtSignIn);
        return took;
    }
}

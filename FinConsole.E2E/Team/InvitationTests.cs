using System.Text.RegularExpressions;
using FinConsole.Core.Members;
using FinConsole.E2E.ApiTokens;
using FinConsole.E2E.Fixtures;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.Team;

public sealed class InvitationTests(ConsoleServer server, Chromium chromium) : ConsoleTest(server, chromium)
{
    private OwnTenant _tenant = null!;

    public override async ValueTask InitializeAsync() => _tenant = await OwnTenant.NewAsync(Server);

    [Fact]
    public async Task Somebody_invited_joins_in_another_browser_and_appears_by_themselves()
    {
        var zoe = new Person(default, "Zoë Ólafsdóttir", $"zoe@{_tenant.Id:N}.example", "sandalwood hop 91 quarry", Role.SecurityReviewer);
        var admin = await OpenFreshAsync(_tenant.Admin);
        await admin.GoToTeamAsync();
        var link = await admin.InviteAsync(zoe.Email, zoe.Role);
        Assert.Equal(link, (await Server.Mailbox.WaitForLinkAsync(zoe.Email, Stop)).PathAndQuery);
        await Assertions.Expect(admin.InvitationRow(zoe.Email)).ToContainTextAsync("Security reviewer");

        var other = await OpenAsync();
        await other.GotoAsync(link);
        await Assertions.Expect(other.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync($"Join {_tenant.Name}");
        await Assertions.Expect(other.GetByRole(AriaRole.Main)).ToContainTextAsync($"{_tenant.Admin.Name} invites you to join {_tenant.Name} as Security reviewer.");
        await other.AcceptAsync(link, zoe);
        await Assertions.Expect(other.GetByRole(AriaRole.Main).GetByRole(AriaRole.Status)).ToContainTextAsync("Your account is ready.");

        await Assertions.Expect(admin.MemberRow(zoe.Name)).ToContainTextAsync("Security reviewer");
        await Assertions.Expect(admin.InvitationRow(zoe.Email)).ToHaveCountAsync(0);

        await other.TrySignInAsync(zoe.Email, zoe.Password);
        await Assertions.Expect(other.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Overview" })).ToBeVisibleAsync();
        await Assertions.Expect(other.GetByRole(AriaRole.Link, new() { Name = "Team" })).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(390)]
    [InlineData(1280)]
    public async Task The_longest_name_and_address_with_nowhere_to_break_push_nothing_off_the_page(int width)
    {
        var address = $"{new string('a', 60)}@{_tenant.Id:N}.{string.Join('.', Enumerable.Repeat(new string('c', 50), 3))}.example";
        var person = new Person(default, new string('W', ConsoleUser.LongestName), address, "sandalwood hop 91 quarry", Role.Cashier);
        var look = Look.Of(width, "light");
        var admin = await OpenFreshAsync(_tenant.Admin, look);
        await admin.GoToTeamAsync();
        var link = await admin.InviteAsync(person.Email, person.Role);
        var page = await OpenAsync(look: look);
        await page.GotoAsync(link);
        await ExpectToFitAsync(page);
        await page.AcceptAsync(link, person);
        await page.TrySignInAsync(person.Email, person.Password);
        await Assertions.Expect(page.GetByText("You sign in as")).ToBeVisibleAsync();
        await ExpectToFitAsync(page);

        await admin.ChooseMemberAsync(person.Name, "Change role");
        await Assertions.Expect(admin.DialogNamed($"Change the role of {person.Name}")).ToBeVisibleAsync();
        await ExpectToFitAsync(admin);
    }

    [Fact]
    public async Task Sent_again_the_old_link_is_dead_and_revoked_the_new_one()
    {
        var email = $"again@{_tenant.Id:N}.example";
        var admin = await OpenFreshAsync(_tenant.Admin);
        await admin.GoToTeamAsync();
        var first = await admin.InviteAsync(email, Role.Developer);
        var other = await OpenAsync();
        await other.GotoAsync(first);
        await Assertions.Expect(other.Button("Accept invitation")).ToBeVisibleAsync();

        await admin.Button($"Resend the invitation to {email}").ClickAsync();
        var second = await admin.TakeLinkAsync($"New link for {email}");
        await ExpectDeadAsync(other, first);
        await other.GotoAsync(second);
        await Assertions.Expect(other.Button("Accept invitation")).ToBeVisibleAsync();

        await admin.Button($"Revoke the invitation of {email}").ClickAsync();
        await admin.DialogNamed($"Revoke the invitation of {email}?").Button("Revoke invitation").ClickAsync();
        await Assertions.Expect(admin.InvitationRow(email)).ToHaveCountAsync(0);
        await ExpectDeadAsync(other, second);
    }

    [Fact]
    public async Task A_member_and_somebody_invited_already_are_told_under_the_field()
    {
        var email = $"twice@{_tenant.Id:N}.example";
        await Server.AddInvitationAsync(_tenant, email);
        var admin = await OpenFreshAsync(_tenant.Admin);
        await admin.GoToTeamAsync();
        await admin.Button("Invite member").ClickAsync();
        var dialog = admin.DialogNamed("Invite member");

        foreach (var (typed, told) in new[] { ("nope", "Enter an email address"), (_tenant.Developer.Email, "is a member already"), (email, "There is a pending invitation to this address") })
        {
            await dialog.Field("Email").FillAsync(typed);
            await dialog.Button("Send invitation").ClickAsync();
            await Assertions.Expect(dialog.GetByText(told)).ToBeVisibleAsync();
            await Assertions.Expect(dialog.Field("Email")).ToBeFocusedAsync();
            await Assertions.Expect(dialog.Field("Email")).ToHaveAttributeAsync("aria-invalid", "true");
        }

        await admin.Keyboard.PressAsync("Escape");
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_was_typed_survives_a_reload_with_the_role_that_was_chosen()
    {
        var admin = await OpenFreshAsync(_tenant.Admin);
        await admin.GoToTeamAsync();
        await admin.Button("Invite member").ClickAsync();
        var dialog = admin.DialogNamed("Invite member");
        await dialog.Field("Email").FillAsync("half@typed.example");
        await dialog.GetByRole(AriaRole.Radio, new() { Name = "Security reviewer" }).CheckAsync();
        await admin.ReloadAsync();
        await admin.GoToTeamAsync();

        await admin.Button("Invite member").ClickAsync();
        await Assertions.Expect(dialog.Field("Email")).ToHaveValueAsync("half@typed.example");
        await Assertions.Expect(dialog.GetByRole(AriaRole.Radio, new() { Name = "Security reviewer" })).ToBeCheckedAsync();
    }

    [Fact]
    public async Task The_link_is_copied_and_then_nowhere_in_the_page_the_log_or_the_browser_s_storage()
    {
        var admin = await OpenFreshAsync(_tenant.Admin);
        await admin.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await admin.GoToTeamAsync();
        var email = $"canary@{_tenant.Id:N}.example";
        await admin.Button("Invite member").ClickAsync();
        await admin.DialogNamed("Invite member").Field("Email").FillAsync(email);
        await admin.DialogNamed("Invite member").Button("Send invitation").ClickAsync();
        var dialog = admin.DialogNamed($"Invitation sent to {email}");
        await dialog.Button("Copy link").ClickAsync();
        await Assertions.Expect(dialog.GetByText("Copied")).ToBeAttachedAsync();
        var copied = await admin.EvaluateAsync<string>("() => navigator.clipboard.readText()");
        var link = await admin.TakeLinkAsync($"Invitation sent to {email}");
        Assert.EndsWith(link, copied, StringComparison.Ordinal);

        var zoe = new Person(default, "Zoe", email, "sandalwood hop 91 quarry", Role.Developer);
        var other = await OpenAsync();
        await other.AcceptAsync(link, zoe);
        await Assertions.Expect(other).ToHaveURLAsync(new Regex("ready=joined"));

        var secret = link[^43..];
        var kept = await admin.EvaluateAsync<string>("() => document.documentElement.outerHTML + JSON.stringify(localStorage) + JSON.stringify(sessionStorage)");
        Assert.DoesNotContain(secret, kept, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, await other.ContentAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(Server.Log.Lines, line => line.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task By_keyboard_alone()
    {
        var email = $"keys@{_tenant.Id:N}.example";
        var admin = await OpenFreshAsync(_tenant.Admin);
        await admin.GoToTeamAsync();
        await admin.Button("Invite member").FocusAsync();
        await admin.Keyboard.PressAsync("Enter");
        await Assertions.Expect(admin.DialogNamed("Invite member").Field("Email")).ToBeFocusedAsync();
        await admin.Keyboard.TypeAsync(email);
        await admin.Keyboard.PressAsync("Tab");
        await admin.Keyboard.PressAsync("Tab");
        await admin.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(admin.GetByRole(AriaRole.Radio, new() { Name = "Security reviewer" })).ToBeCheckedAsync();
        await admin.Keyboard.PressAsync("Enter");
        await Assertions.Expect(admin.DialogNamed($"Invitation sent to {email}").Button("Done")).ToBeFocusedAsync();
        await admin.Keyboard.PressAsync("Enter");
        await Assertions.Expect(admin.InvitationRow(email)).ToContainTextAsync("Security reviewer");
        await Assertions.Expect(admin.Button("Invite member")).ToBeFocusedAsync();
    }

    private static async Task ExpectDeadAsync(IPage page, string link)
    {
        await page.GotoAsync(link);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("This invitation no longer works");
        await Assertions.Expect(page.Button("Accept invitation")).ToHaveCountAsync(0);
    }

    private static async Task ExpectToFitAsync(IPage page) => Assert.Empty(await Looks.StickingOutAsync(page));
}

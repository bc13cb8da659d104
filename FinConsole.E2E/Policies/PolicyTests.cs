using System.Text.RegularExpressions;
using FinConsole.E2E.ApiTokens;
using FinConsole.E2E.Fixtures;
using FinConsole.E2E.Mfa;
using FinConsole.Web;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.Policies;

public sealed class PolicyTests(ConsoleServer server, Chromium chromium) : ConsoleTest(server, chromium)
{
    private static readonly Regex AtMfa = new("/account/mfa$");

    [Fact]
    public async Task Required_everybody_s_open_page_leads_to_the_setup_and_nowhere_else_until_it_is_done()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        var admin = await OpenFreshAsync(tenant.Admin);
        await admin.EnrolAsync();
        var developer = await OpenFreshAsync(tenant.Developer);
        await developer.GoToTokensAsync();
        await GoLiveAsync(admin, ConsoleUrls.Policy);
        await admin.GetByLabel("Require two-factor authentication").CheckAsync();
        await Assertions.Expect(admin.GetByText("3 of 4 active members have no authenticator app yet.")).ToBeVisibleAsync();
        await admin.Button("Save changes").ClickAsync();
        await Assertions.Expect(admin.GetByText("Policy saved")).ToBeVisibleAsync();

        await Assertions.Expect(developer).ToHaveURLAsync(AtMfa);
        await Assertions.Expect(developer.GetByText("Your tenant requires two-factor authentication.")).ToBeVisibleAsync();
        foreach (var elsewhere in new[] { ConsoleUrls.Overview, ConsoleUrls.Tokens, ConsoleUrls.Profile, ConsoleUrls.Sessions })
        {
            await developer.GotoAsync(elsewhere);
            await Assertions.Expect(developer).ToHaveURLAsync(AtMfa);
        }

        await Assertions.Expect(developer.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link)).ToHaveTextAsync(["Two-factor"]);
        // Who has saved the codes leaves without the browser's own question.
        developer.Dialog += async (_, question) => await question.DismissAsync();
        await developer.FinishEnrolmentAsync(await developer.BeginEnrolmentAsync());
        await developer.Button("I have saved them").ClickAsync();
        await Assertions.Expect(developer).ToHaveURLAsync(Server.Address.ToString());
        await developer.GoToTokensAsync();
        await developer.GotoAsync(ConsoleUrls.Mfa);
        await Assertions.Expect(developer.GetByText("it can be moved but not turned off")).ToBeVisibleAsync();
        await Assertions.Expect(developer.Button("Turn off")).ToHaveCountAsync(0);
        await Assertions.Expect(admin).ToHaveURLAsync(new Regex("/settings/policy$"));
    }

    [Fact]
    public async Task Somebody_who_has_to_set_it_up_is_led_there_after_signing_in()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        var admin = await OpenFreshAsync(tenant.Admin);
        await GoLiveAsync(admin, ConsoleUrls.Policy);
        await admin.GetByLabel("Require two-factor authentication").CheckAsync();
        await admin.Button("Save changes").ClickAsync();
        // The admin has none either.
        await Assertions.Expect(admin).ToHaveURLAsync(AtMfa);

        var reviewer = await OpenAsync();
        await reviewer.SignInAsync(tenant.Reviewer);

        await Assertions.Expect(reviewer).ToHaveURLAsync(AtMfa);
        await reviewer.EnrolAsync();
        await Assertions.Expect(reviewer).ToHaveURLAsync(Server.Address.ToString());
        await reviewer.GotoAsync(ConsoleUrls.Audit);
        await Assertions.Expect(reviewer.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Audit log");
    }

    [Fact]
    public async Task Just_signed_in_nothing_is_asked_and_after_five_minutes_password_and_code_are()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        var page = await OpenFreshAsync(tenant.Admin);
        var (phone, _) = await page.EnrolAsync();
        await GoLiveAsync(page, ConsoleUrls.Policy);
        await page.GetByLabel("Allow export of the private key").UncheckAsync();
        await page.Button("Save changes").ClickAsync();
        await Assertions.Expect(page.GetByText("Policy saved")).ToBeVisibleAsync();

        await tenant.ForgetConfirmationsAsync();
        await page.GetByLabel("Previous key after a rotation").ChooseAsync("Decrypts for up to 8 hours");
        await page.Button("Save changes").ClickAsync();
        var dialog = page.DialogNamed("Confirm it's you");
        await Assertions.Expect(dialog.Field("Password")).ToBeFocusedAsync();
        await dialog.Field("Password").FillAsync("not the password");
        await dialog.Button("Confirm").ClickAsync();
        await Assertions.Expect(dialog.GetByText("That is not your current password.")).ToBeVisibleAsync();
        await page.ConfirmItsYouAsync(tenant.Admin, await phone.NextCodeAsync());
        await Assertions.Expect(page.Button("Save changes")).ToBeDisabledAsync();

        await page.ReloadAsync();
        await Assertions.Expect(page.GetByLabel("Previous key after a rotation")).ToHaveValueAsync("Decrypts for up to 8 hours");
        await Assertions.Expect(page.GetByLabel("Allow export of the private key")).Not.ToBeCheckedAsync();
    }

    [Fact]
    public async Task Given_up_nothing_is_changed_and_nothing_typed_is_lost()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        var page = await OpenFreshAsync(tenant.Admin);
        await GoLiveAsync(page, ConsoleUrls.Policy);
        await tenant.ForgetConfirmationsAsync();
        await page.GetByLabel("Allow export of the private key").UncheckAsync();
        await page.Button("Save changes").ClickAsync();

        await page.DialogNamed("Confirm it's you").Button("Cancel").ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Confirm it's you to go on.");
        await Assertions.Expect(page.GetByLabel("Allow export of the private key")).Not.ToBeCheckedAsync();
        await page.Button("Save changes").ClickAsync();
        await page.ConfirmItsYouAsync(tenant.Admin);
        await Assertions.Expect(page.GetByText("Policy saved")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Going_back_in_the_browser_gives_the_question_up()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        var page = await OpenFreshAsync(tenant.Admin);
        await GoLiveAsync(page, ConsoleUrls.Team);
        await page.GetByRole(AriaRole.Link, new() { Name = "Policy" }).ClickAsync();
        await tenant.ForgetConfirmationsAsync();
        await page.GetByLabel("Allow export of the private key").UncheckAsync();
        await page.Button("Save changes").ClickAsync();
        await Assertions.Expect(page.DialogNamed("Confirm it's you")).ToBeVisibleAsync();

        await page.GoBackAsync();

        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/team$"));
        await Assertions.Expect(page.DialogNamed("Confirm it's you")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Button("Invite member")).ToBeVisibleAsync();
    }
}

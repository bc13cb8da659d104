using System.Text.RegularExpressions;
using FinConsole.E2E.ApiTokens;
using FinConsole.E2E.Fixtures;
using FinConsole.Web;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.Mfa;

public sealed class MfaTests(ConsoleServer server, Chromium chromium) : ConsoleTest(server, chromium)
{
    private static readonly Regex AtChallenge = new("/account/login/mfa");
    private static readonly Regex AtRecovery = new("/account/login/recovery");

    [Fact]
    public async Task Enrolled_with_an_authenticator_signing_in_asks_for_its_code_and_takes_each_once()
    {
        var developer = (await OwnTenant.NewAsync(Server)).Developer;
        var page = await OpenFreshAsync(developer);
        await page.GotoAsync(ConsoleUrls.Mfa);
        await Assertions.Expect(page.GetByTestId("mfa-state")).ToHaveTextAsync("Off");
        var phone = await page.BeginEnrolmentAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Img, new() { Name = "QR code for your authenticator app" })).ToHaveAttributeAsync("src", new Regex("^data:image/svg"));
        await page.GetByLabel("Authentication code").FillAsync(await phone.ShowInAsync(3600));
        await page.Button("Turn on").ClickAsync();
        await Assertions.Expect(page.GetByText("That code doesn't match")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByLabel("Authentication code")).ToBeFocusedAsync();
        var codes = await page.FinishEnrolmentAsync(phone);
        Assert.Equal(10, codes.Distinct().Count());
        await page.Button("I have saved them").ClickAsync();
        await Assertions.Expect(page.GetByTestId("mfa-state")).ToHaveTextAsync("On");
        await Assertions.Expect(page.GetByTestId("codes-left")).ToHaveTextAsync("10 left");

        var other = await OpenAsync();
        await other.GotoAsync($"{ConsoleUrls.Login}?returnUrl=%2Faccount%2Fsessions");
        await other.TrySignInAsync(developer.Email, developer.Password);
        await Assertions.Expect(other).ToHaveURLAsync(AtChallenge);
        var code = await phone.NextCodeAsync();
        await other.GetByLabel("Authentication code").FillAsync(code);
        await other.Keyboard.PressAsync("Enter");
        await Assertions.Expect(other).ToHaveURLAsync(new Uri(Server.Address, ConsoleUrls.Sessions).ToString());

        var third = await OpenAsync();
        await third.GotoAsync(ConsoleUrls.Login);
        await third.TrySignInAsync(developer.Email, developer.Password);
        await third.VerifyAsync(code);
        await Assertions.Expect(third.GetByText("That code doesn't match, or was used already.")).ToBeVisibleAsync();
        await third.VerifyAsync(await phone.NextCodeAsync());
        await Assertions.Expect(third).ToHaveURLAsync(Server.Address.ToString());
    }

    [Fact]
    public async Task A_recovery_code_signs_in_once()
    {
        var developer = (await OwnTenant.NewAsync(Server)).Developer;
        var (_, codes) = await (await OpenFreshAsync(developer)).EnrolAsync();
        var page = await OpenAsync();
        await page.GotoAsync(ConsoleUrls.Login);
        await page.TrySignInAsync(developer.Email, developer.Password);
        await page.GetByRole(AriaRole.Link, new() { Name = "Use a recovery code" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(AtRecovery);
        await page.VerifyAsync(codes[7], "Recovery code");
        await Assertions.Expect(page).ToHaveURLAsync(Server.Address.ToString());
        await page.GotoAsync(ConsoleUrls.Mfa);
        await Assertions.Expect(page.GetByTestId("codes-left")).ToHaveTextAsync("9 left");

        var again = await OpenAsync();
        await again.GotoAsync(ConsoleUrls.Login);
        await again.TrySignInAsync(developer.Email, developer.Password);
        await again.GetByRole(AriaRole.Link, new() { Name = "Use a recovery code" }).ClickAsync();
        await again.VerifyAsync(codes[7], "Recovery code");
        await Assertions.Expect(again.GetByText("That code doesn't match, or was used already.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Focus_comes_back_to_what_opened_a_dialog_also_when_step_up_came_between_or_it_is_gone()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        var page = await OpenFreshAsync(tenant.Developer);
        await GoLiveAsync(page, ConsoleUrls.Mfa);
        await tenant.ForgetConfirmationsAsync();
        await page.Button("Set up authenticator app").PressAsync("Enter");
        await Assertions.Expect(page.DialogNamed("Confirm it's you").Field("Password")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Button("Set up authenticator app")).ToBeFocusedAsync();

        await page.Button("Set up authenticator app").ClickAsync();
        await page.ConfirmItsYouAsync(tenant.Developer);
        await page.FinishEnrolmentAsync(await page.ReadSecretAsync());
        await Assertions.Expect(page.GetByTestId("recovery-codes")).ToBeFocusedAsync();
        await page.Button("I have saved them").ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToBeFocusedAsync();

        await tenant.ForgetConfirmationsAsync();
        await page.Button("Turn off").ClickAsync();
        var asked = page.DialogNamed("Turn off two-factor authentication");
        await asked.Button("Turn off").ClickAsync();
        await Assertions.Expect(page.DialogNamed("Confirm it's you").Field("Password")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(asked.Button("Turn off")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        // Its own button carries the same name, and would be found beside the page's until it is gone.
        await Assertions.Expect(asked).ToBeHiddenAsync();
        await Assertions.Expect(page.Button("Turn off")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task The_second_question_cannot_be_come_to_without_the_first()
    {
        var page = await OpenAsync();

        await page.GotoAsync(ConsoleUrls.LoginMfa);

        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/account/login\\?over=1"));
        await Assertions.Expect(page.GetByText("Sign in again.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_key_is_shown_in_groups_and_copied_as_apps_take_it()
    {
        var page = await OpenFreshAsync((await OwnTenant.NewAsync(Server)).Developer);
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.GotoAsync(ConsoleUrls.Mfa);
        await page.BeginEnrolmentAsync();
        var shown = page.GetByTestId("totp-secret");
        await Assertions.Expect(shown.Locator(".group")).ToHaveCountAsync(8);
        await Assertions.Expect(shown.Locator(".group").First).Not.ToHaveCSSAsync("margin-right", "0px");

        await page.Button("Copy key").ClickAsync();
        var copied = await page.EvaluateAsync<string>("() => navigator.clipboard.readText()");
        Assert.Matches("^[A-Z2-7]{32}$", copied);
        await shown.EvaluateAsync("element => { getSelection().selectAllChildren(element); document.execCommand('copy'); }");
        Assert.Equal(copied, await page.EvaluateAsync<string>("() => navigator.clipboard.readText()"));

        await page.FinishEnrolmentAsync(new Authenticator(copied));
    }

    [Fact]
    public async Task A_code_is_taken_in_the_digits_that_an_input_method_writes()
    {
        var developer = (await OwnTenant.NewAsync(Server)).Developer;
        var (phone, _) = await (await OpenFreshAsync(developer)).EnrolAsync();
        var page = await OpenAsync();
        await page.GotoAsync(ConsoleUrls.Login);
        await page.TrySignInAsync(developer.Email, developer.Password);

        var code = string.Concat((await phone.NextCodeAsync()).Select(digit => (char)(digit + '０' - '0')));
        await page.VerifyAsync($"{code[..3]}\u3000{code[3..]}");

        await Assertions.Expect(page).ToHaveURLAsync(Server.Address.ToString());
    }

    [Fact]
    public async Task Recovery_codes_are_shown_until_they_are_saved_and_can_be_copied_and_downloaded()
    {
        var developer = (await OwnTenant.NewAsync(Server)).Developer;
        var page = await OpenFreshAsync(developer);
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.GotoAsync(ConsoleUrls.Mfa);
        var codes = await page.FinishEnrolmentAsync(await page.BeginEnrolmentAsync());

        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.GetByTestId("recovery-codes")).ToBeVisibleAsync();
        await page.Button("Copy codes").ClickAsync();
        Assert.Equal(string.Join('\n', codes), await page.EvaluateAsync<string>("() => navigator.clipboard.readText()"));
        var download = await page.RunAndWaitForDownloadAsync(() => page.Button("Download").ClickAsync());
        Assert.Equal("finconsole-recovery-codes.txt", download.SuggestedFilename);
        Assert.Equal(codes, (await File.ReadAllTextAsync(await download.PathAsync(), Stop)).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        await page.Button("I have saved them").ClickAsync();
        await Assertions.Expect(page.GetByTestId("recovery-codes")).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByTestId("codes-left")).ToHaveTextAsync("10 left");
        Assert.DoesNotContain(codes[0], await page.ContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_recovery_codes_are_made_and_the_second_factor_is_moved_and_turned_off()
    {
        var developer = (await OwnTenant.NewAsync(Server)).Developer;
        var page = await OpenFreshAsync(developer);
        var (_, codes) = await page.EnrolAsync();
        await page.Button("Generate new recovery codes").ClickAsync();
        await page.DialogNamed("Generate new recovery codes").Button("Generate new codes").ClickAsync();
        var renewed = await page.GetByTestId("recovery-codes").TextContentAsync();
        Assert.DoesNotContain(codes[0], renewed, StringComparison.Ordinal);
        await page.Button("I have saved them").ClickAsync();
        await page.Button("Move to another app").ClickAsync();
        await page.FinishEnrolmentAsync(await page.ReadSecretAsync());
        await page.Button("I have saved them").ClickAsync();
        await page.Button("Turn off").ClickAsync();
        await page.DialogNamed("Turn off two-factor authentication").Button("Turn off").ClickAsync();
        await Assertions.Expect(page.GetByTestId("mfa-state")).ToHaveTextAsync("Off");

        await (await OpenAsync()).SignInAsync(developer);
    }

    [Fact]
    public async Task A_token_of_a_cashier_with_a_second_factor_needs_their_code()
    {
        var tenant = await OwnTenant.NewAsync(Server);
        var (phone, _) = await (await OpenFreshAsync(tenant.Cashier)).EnrolAsync();
        var page = await OpenFreshAsync(tenant.Developer);
        await page.GoToTokensAsync();
        var dialog = await page.OpenCreateAsync();
        await dialog.Field("Name").FillAsync("Payouts");
        await dialog.Field("Cashier email").FillAsync(tenant.Cashier.Email);
        await dialog.Field("Cashier password").FillAsync(tenant.Cashier.Password);
        await dialog.Button("Create token").ClickAsync();
        await Assertions.Expect(dialog.GetByText("This cashier uses two-factor authentication.")).ToBeVisibleAsync();
        await Assertions.Expect(dialog.Field("Cashier authentication code")).ToBeFocusedAsync();
        await dialog.Field("Cashier password").FillAsync(tenant.Cashier.Password);
        await dialog.Field("Cashier authentication code").FillAsync(await phone.NextCodeAsync());
        await dialog.Button("Create token").ClickAsync();

        await page.ShownOnceAsync();
        await page.SaveAsync();
        await Assertions.Expect(page.Row("Payouts")).ToBeVisibleAsync();
    }
}

using FinConsole.E2E.ApiTokens;
using FinConsole.E2E.Fixtures;
using FinConsole.Web;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.Mfa;

/// <summary>The pages and dialogs of two-factor authentication and step-up, wide and narrow, light and dark.</summary>
public sealed class MfaLooksTests(ConsoleServer server, Chromium chromium) : ConsoleTest(server, chromium)
{
    private static readonly string[] Names = ["mfa", "mfa-enrol", "mfa-codes", "mfa-on", "login-mfa", "login-recovery", "step-up"];

    public static TheoryData<string, int> PagesAndWidths() => Looks.Of(Names);

    [Theory]
    [MemberData(nameof(PagesAndWidths))]
    public async Task Is_accessible_and_fits(string name, int width)
    {
        var look = Look.Of(width, "light");
        var tenant = await OwnTenant.NewAsync(Server);
        var page = await OpenFreshAsync(tenant.Admin, look);
        await ShowAsync(name, page, tenant);

        await Looks.CheckAsync(page, name, look, documented: name != "mfa-enrol");
    }

    private static async Task ShowAsync(string name, IPage page, OwnTenant tenant)
    {
        await GoLiveAsync(page, name == "step-up" ? ConsoleUrls.Policy : ConsoleUrls.Mfa);
        switch (name)
        {
            case "mfa-enrol":
                await page.BeginEnrolmentAsync();
                await Assertions.Expect(page.Locator("main .fc-spinner")).Not.ToBeVisibleAsync();
                await HideSecretAsync(page, "totp-secret");
                break;
            case "mfa-codes":
                await page.FinishEnrolmentAsync(await page.BeginEnrolmentAsync());
                await HideSecretAsync(page, "recovery-codes");
                break;
            case "mfa-on":
                await page.EnrolAsync();
                break;
            case "login-mfa" or "login-recovery":
                await page.EnrolAsync();
                await page.Context.ClearCookiesAsync();
                await page.GotoAsync(ConsoleUrls.Login);
                await page.TrySignInAsync(tenant.Admin.Email, tenant.Admin.Password);
                await Assertions.Expect(page.GetByLabel("Authentication code")).ToBeVisibleAsync();
                if (name == "login-recovery")
                    await page.GetByRole(AriaRole.Link, new() { Name = "Use a recovery code" }).ClickAsync();
                break;
            case "step-up":
                await page.GetByLabel("Require two-factor authentication").CheckAsync();
                await tenant.ForgetConfirmationsAsync();
                await page.Button("Save changes").ClickAsync();
                await Assertions.Expect(page.DialogNamed("Confirm it's you")).ToBeVisibleAsync();
                break;
        }
    }

    // No picture shows a secret, though this one dies with the test.
    private static Task HideSecretAsync(IPage page, string testId) =>
        page.GetByTestId(testId).EvaluateAsync("""
            element => {
                const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
                while (texts.nextNode())
                    texts.currentNode.data = texts.currentNode.data.replace(/[A-Za-z2-9]/g, 'x');
            }
            """);
}

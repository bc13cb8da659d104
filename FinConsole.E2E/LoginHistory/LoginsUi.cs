using FinConsole.E2E.Fixtures;
using FinConsole.Web;
using Microsoft.Playwright;

namespace FinConsole.E2E.LoginHistory;

/// <summary>What reviewers do on the page of login history.</summary>
internal static class LoginsUi
{
    public static async Task GoToLoginsAsync(this IPage page, string query = "")
    {
        await page.GotoAsync(ConsoleUrls.Logins + query);
        await page.WaitForFunctionAsync(Chromium.PageIsLive);
    }

    public static ILocator Attempts(this IPage page) => page.GetByTestId("login-row");

    /// <summary>The newest attempt on an account, or whose row holds this text.</summary>
    public static ILocator Attempt(this IPage page, string text) => page.Attempts().Filter(new() { HasText = text }).First;

    /// <summary>Opens an attempt's drawer.</summary>
    public static async Task<ILocator> OpenAttemptAsync(this IPage page, ILocator row)
    {
        await row.GetByRole(AriaRole.Button).ClickAsync();
        var drawer = page.GetByTestId("login-detail");
        await Assertions.Expect(drawer.GetByRole(AriaRole.Heading).First).ToBeVisibleAsync();
        return drawer;
    }
}

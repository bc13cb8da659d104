using FinConsole.E2E.ApiTokens;
using FinConsole.E2E.Fixtures;
using FinConsole.Web;
using Microsoft.Playwright;

namespace FinConsole.E2E.Mfa;

/// <summary>What people do on the two-factor page and at its questions.</summary>
internal static class MfaUi
{
    /// <summary>Presses the button and reads the secret off the dialog.</summary>
    public static async Task<Authenticator> BeginEnrolmentAsync(this IPage page)
    {
        await page.Button("Set up authenticator app").ClickAsync();
        return await page.ReadSecretAsync();
    }

    public static async Task<Authenticator> ReadSecretAsync(this IPage page)
    {
        var shown = await page.GetByTestId("totp-secret").TextContentAsync() ?? "";
        return new Authenticator(shown.Replace(" ", "", StringComparison.Ordinal));
    }

    /// <summary>Types the phone's code and turns it on; returns the recovery codes, with their dialog still open.</summary>
    public static async Task<string[]> FinishEnrolmentAsync(this IPage page, Authenticator phone)
    {
        await page.GetByLabel("Authentication code").FillAsync(await phone.NextCodeAsync());
        await page.Button("Turn on").ClickAsync();
        var codes = await page.GetByTestId("recovery-codes").TextContentAsync() ?? "";
        return codes.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>All of it, from a page of this person's.</summary>
    public static async Task<(Authenticator Phone, string[] Codes)> EnrolAsync(this IPage page)
    {
        await page.GotoAsync(ConsoleUrls.Mfa);
        var phone = await page.BeginEnrolmentAsync();
        var codes = await page.FinishEnrolmentAsync(phone);
        await page.Button("I have saved them").ClickAsync();
        await Assertions.Expect(page.GetByTestId("recovery-codes")).ToHaveCountAsync(0);
        return (phone, codes);
    }

    /// <summary>The second question of signing in.</summary>
    public static async Task VerifyAsync(this IPage page, string code, string field = "Authentication code")
    {
        await page.GetByLabel(field, new() { Exact = true }).FillAsync(code);
        await page.Button("Verify").ClickAsync();
    }

    /// <summary>Answers "Confirm it's you".</summary>
    public static async Task ConfirmItsYouAsync(this IPage page, Person person, string? code = null)
    {
        var dialog = page.DialogNamed("Confirm it's you");
        await dialog.GetByLabel("Password", new() { Exact = true }).FillAsync(person.Password);
        if (code is not null)
            await dialog.GetByLabel("Authentication code").FillAsync(code);
        await dialog.Button("Confirm").ClickAsync();
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
    }
}

using FinConsole.Web;
using Microsoft.Playwright;

namespace FinConsole.E2E.Fixtures;

/// <summary>What a person does at the door.</summary>
public static class SigningIn
{
    /// <summary>Signs in, and waits to be elsewhere.</summary>
    public static async Task SignInAsync(this IPage page, Person person, string? returnUrl = null)
    {
        await page.GotoAsync(returnUrl is null ? ConsoleUrls.Login : $"{ConsoleUrls.Login}?returnUrl={Uri.EscapeDataString(returnUrl)}");
        await page.TrySignInAsync(person.Email, person.Password);
        // Asked of the document and not of its load event, which can come before anybody waits for it.
        await page.WaitForFunctionAsync("login => document.readyState === 'complete' && !location.pathname.startsWith(login)", ConsoleUrls.Login);
    }

    /// <summary>Fills in the form and presses its button.</summary>
    public static async Task TrySignInAsync(this IPage page, string email, string password)
    {
        await page.GetByLabel("Email", new() { Exact = true }).FillAsync(email);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
    }
}

using System.Net;
using System.Text.RegularExpressions;
using FinConsole.Web;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.Fixtures;

/// <summary>What a person does at the door.</summary>
public static partial class SigningIn
{
    /// <summary>Sends the form of the sign-in page as the page would, without showing it: the browser has its session, and no page yet.</summary>
    public static async Task SignInAsync(this IBrowserContext browser, Person person)
    {
        var form = await browser.APIRequest.GetAsync(ConsoleUrls.Login);
        var fields = browser.APIRequest.CreateFormData();
        foreach (Match field in HiddenFields().Matches(await form.TextAsync()))
            fields.Set(field.Groups[1].Value, WebUtility.HtmlDecode(field.Groups[2].Value));
        fields.Set("Form.Email", person.Email);
        fields.Set("Form.Password", person.Password);
        var answer = await browser.APIRequest.PostAsync(ConsoleUrls.Login, new() { Form = fields, MaxRedirects = 0 });
        Assert.Equal(303, answer.Status);
        Assert.DoesNotContain(ConsoleUrls.Login, answer.Headers["location"], StringComparison.Ordinal);
    }

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

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex HiddenFields();
}

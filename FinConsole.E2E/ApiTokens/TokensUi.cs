using FinConsole.E2E.Fixtures;
using FinConsole.Web;
using Microsoft.Playwright;

namespace FinConsole.E2E.ApiTokens;

/// <summary>What a person does on the tokens page, by the names that outside tools rely on.</summary>
internal static class TokensUi
{
    public static async Task GoToTokensAsync(this IPage page, string query = "")
    {
        await page.GotoAsync(ConsoleUrls.Tokens + query);
        await page.WaitForFunctionAsync(Chromium.PageIsLive);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "API Connections" })).ToBeVisibleAsync();
    }

    public static ILocator Row(this IPage page, string name) => page.GetByTestId("token-row").Filter(new() { HasText = name });

    public static ILocator StatusOf(this IPage page, string name) => page.Row(name).GetByTestId("status");

    public static ILocator DialogNamed(this IPage page, string title) => page.GetByRole(AriaRole.Dialog, new() { Name = title, Exact = true });

    public static ILocator Field(this ILocator dialog, string label) => dialog.GetByLabel(label, new() { Exact = true });

    public static ILocator Button(this ILocator parent, string name) => parent.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public static ILocator Button(this IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public static async Task<ILocator> OpenCreateAsync(this IPage page)
    {
        await page.Button("Create new token").ClickAsync();
        var dialog = page.DialogNamed("Create new token");
        await Assertions.Expect(dialog).ToBeVisibleAsync();
        return dialog;
    }

    /// <summary>Creates a token with what is preselected, up to the dialog that shows its secret.</summary>
    public static async Task<ILocator> CreateAsync(this IPage page, string name, Person cashier)
    {
        var dialog = await page.OpenCreateAsync();
        await dialog.Field("Name").FillAsync(name);
        await dialog.Field("Cashier email").FillAsync(cashier.Email);
        await dialog.Field("Cashier password").FillAsync(cashier.Password);
        await dialog.Button("Create token").ClickAsync();
        return await page.ShownOnceAsync();
    }

    public static async Task<ILocator> ShownOnceAsync(this IPage page)
    {
        var dialog = page.DialogNamed("Copy your token now");
        await Assertions.Expect(dialog).ToBeVisibleAsync();
        return dialog;
    }

    public static async Task<string> SecretAsync(this IPage page) => await page.GetByTestId("secret").InnerTextAsync();

    public static async Task SaveAsync(this IPage page)
    {
        await page.Button("I have saved it").ClickAsync();
        await Assertions.Expect(page.DialogNamed("Copy your token now")).ToHaveCountAsync(0);
    }

    /// <summary>Opens the rotate dialog and fills in the cashier's password; the address stands there already.</summary>
    public static async Task<ILocator> OpenRotateAsync(this IPage page, string name, Person cashier, string? overlap = null)
    {
        await page.Button($"Rotate {name}").ClickAsync();
        var dialog = page.DialogNamed("Rotate token");
        if (overlap is not null)
            await dialog.Field("Overlap").ChooseAsync(overlap);
        await dialog.Field("Cashier email").FillAsync(cashier.Email);
        await dialog.Field("Cashier password").FillAsync(cashier.Password);
        return dialog;
    }

    /// <summary>Opens the list of a field and takes an option.</summary>
    public static async Task ChooseAsync(this ILocator field, string option)
    {
        await field.ClickAsync();
        await field.Page.GetByRole(AriaRole.Listbox).GetByRole(AriaRole.Option, new() { Name = option, Exact = true }).ClickAsync();
        await Assertions.Expect(field).ToHaveValueAsync(option);
    }

    public static async Task ChooseAsync(this IPage page, string name, string item)
    {
        await page.Button($"More actions for {name}").ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = item, Exact = true }).ClickAsync();
    }

    /// <summary>What the menu of a row offers, in its order.</summary>
    public static async Task<IReadOnlyList<string>> MenuOfAsync(this IPage page, string name)
    {
        await page.Button($"More actions for {name}").ClickAsync();
        var items = page.GetByRole(AriaRole.Menuitem);
        await Assertions.Expect(items.First).ToBeVisibleAsync();
        var texts = await items.AllInnerTextsAsync();
        await page.Keyboard.PressAsync("Escape");
        return [.. texts.Select(text => text.Trim())];
    }
}

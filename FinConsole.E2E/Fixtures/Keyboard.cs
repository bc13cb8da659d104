using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.Fixtures;

/// <summary>No mouse: every key goes to whatever has the focus.</summary>
public static class Keyboard
{
    private const int MostTabs = 60;

    /// <summary>Presses Tab until this has the focus.</summary>
    public static async Task TabToAsync(this IPage page, ILocator target)
    {
        await Assertions.Expect(target).ToBeVisibleAsync();
        for (var tab = 0; tab < MostTabs; tab++)
        {
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
                return;
            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"{target} was not reached with {MostTabs} tabs.");
    }
}

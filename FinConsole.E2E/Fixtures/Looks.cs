using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.Fixtures;

/// <summary>What holds of every page and dialog: one heading, a title, nothing sticks out, accessible; and a picture of it is kept.</summary>
public static class Looks
{
    private const int Narrowest = 320;

    private static readonly string[] Themes = ["light", "dark"];

    /// <summary>Both widths.</summary>
    public static TheoryData<string, int> Of(IEnumerable<string> pages)
    {
        var data = new TheoryData<string, int>();
        foreach (var page in pages)
        {
            foreach (var width in new[] { Look.Desktop.Width, Look.Phone.Width })
                data.Add(page, width);
        }

        return data;
    }

    /// <summary>In both themes, one after the other: which one it is, style sheets alone decide.</summary>
    /// <param name="page">As it is to be evaluated.</param>
    /// <param name="name">Of its picture.</param>
    /// <param name="look">Of its browser.</param>
    /// <param name="documented">Whether the documentation shows the picture.</param>
    public static async Task CheckAsync(IPage page, string name, Look look, bool documented)
    {
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, IncludeHidden = true })).ToHaveCountAsync(1);
        await Assertions.Expect(page).ToHaveTitleAsync(new Regex(@"\S"));
        await page.EvaluateAsync("() => document.fonts.ready");
        foreach (var each in Themes.Select(theme => Look.Of(look.Width, theme)))
        {
            await page.EmulateMediaAsync(new() { ColorScheme = each.Dark ? ColorScheme.Dark : ColorScheme.Light });
            Assert.Empty(await StickingOutAsync(page));
            await Accessibility.CheckAsync(page);
            await Pictures.KeepAsync(page, name, each, documented);
        }

        // As at 400 % on a desktop (WCAG 2.2, 1.4.10).
        if (look.Width == Look.Phone.Width)
        {
            await page.SetViewportSizeAsync(Narrowest, look.Height);
            Assert.Empty(await StickingOutAsync(page));
        }
    }

    /// <summary>What is wider than the page or dialog that it is in.</summary>
    public static Task<string[]> StickingOutAsync(IPage page) => page.EvaluateAsync<string[]>(
        """
        () => [document.documentElement, ...document.querySelectorAll('[role=dialog], .mud-dialog-content')]
            .filter(box => box.scrollWidth > box.clientWidth)
            .map(box => `${box.tagName}: ${box.scrollWidth} in ${box.clientWidth}`)
        """);
}

using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.Fixtures;

/// <summary>What holds of every page and dialog: one heading, a title, nothing sticks out, accessible; and a picture of it is kept.</summary>
public static class Looks
{
    /// <summary>Both widths in both themes.</summary>
    public static TheoryData<string, int, string> Of(IEnumerable<string> pages)
    {
        var data = new TheoryData<string, int, string>();
        foreach (var page in pages)
        {
            foreach (var width in new[] { Look.Desktop.Width, Look.Phone.Width })
            {
                data.Add(page, width, "light");
                data.Add(page, width, "dark");
            }
        }

        return data;
    }

    /// <param name="page">As it is to be judged.</param>
    /// <param name="name">Of its picture.</param>
    /// <param name="look">Of its browser.</param>
    /// <param name="documented">Whether the documentation shows the picture.</param>
    public static async Task CheckAsync(IPage page, string name, Look look, bool documented)
    {
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, IncludeHidden = true })).ToHaveCountAsync(1);
        await Assertions.Expect(page).ToHaveTitleAsync(new Regex(@"\S"));
        await page.EvaluateAsync("() => document.fonts.ready");
        Assert.Empty(await StickingOutAsync(page));
        await Accessibility.CheckAsync(page);
        await Pictures.KeepAsync(page, name, look, documented);
    }

    /// <summary>What is wider than the page or dialog that it is in.</summary>
    public static Task<string[]> StickingOutAsync(IPage page) => page.EvaluateAsync<string[]>(
        """
        () => [document.documentElement, ...document.querySelectorAll('dialog[open]')]
            .filter(box => box.scrollWidth > box.clientWidth)
            .map(box => `${box.tagName}: ${box.scrollWidth} in ${box.clientWidth}`)
        """);
}

using Microsoft.Playwright;
using Xunit;

namespace FinConsole.E2E.Fixtures;

/// <summary>Keeps pictures of pages: in a temporary folder, or in docs/screenshots where FINCONSOLE_SCREENSHOTS is 1.</summary>
public static class Pictures
{
    private static readonly string Temporary = Path.Combine(Path.GetTempPath(), "finconsole-e2e-pictures");

    public static async Task KeepAsync(IPage page, string name, Look look, bool documented)
    {
        var picture = await page.ScreenshotAsync(new PageScreenshotOptions { Animations = ScreenshotAnimations.Disabled, Caret = ScreenshotCaret.Hide });
        await File.WriteAllBytesAsync(Path.Combine(Directory.CreateDirectory(FolderOf(documented)).FullName, $"{name}-{look}.png"), picture);
    }

    public static async Task KeepFailureAsync(IEnumerable<IPage> pages)
    {
        var name = string.Concat((TestContext.Current.Test?.TestDisplayName ?? "test").Select(letter => char.IsAsciiLetterOrDigit(letter) || letter == '.' ? letter : '-'));
        var number = 0;
        foreach (var page in pages)
        {
            var path = Path.Combine(Directory.CreateDirectory(Temporary).FullName, $"failed-{name}-{number++}.png");
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = path });
        }
    }

    private static string FolderOf(bool documented) => documented && Environment.GetEnvironmentVariable("FINCONSOLE_SCREENSHOTS") == "1" ? Path.Combine(Root(), "docs", "screenshots") : Temporary;

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "FinConsole.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("Pictures for the documentation are made in a checkout.");
        return folder.FullName;
    }
}

using System.Globalization;

namespace FinConsole.Bench.Pages;

/// <param name="Folder">Where everything goes that is made meanwhile.</param>
/// <param name="Program">Where FinConsole.Web was published.</param>
/// <param name="Template">Where the template's app was published that it is compared with.</param>
/// <param name="Out">The Markdown that this run writes.</param>
/// <param name="Rows">How long the audit log is.</param>
/// <param name="Tokens">How many live tokens there are.</param>
/// <param name="Circuits">How many pages are open at a time.</param>
/// <param name="Rounds">How often each page is opened for a first click.</param>
internal sealed record PagesOptions(string Folder, string Program, string Template, string Out, long Rows, long Tokens, int Circuits, int Rounds)
{
    public const string Usage = "console --folder FOLDER --program FOLDER --template FOLDER --out FILE [--rows N] [--tokens N] [--circuits N] [--rounds N]";

    public static PagesOptions? Parse(string[] args)
    {
        if (args is not ["console", .. var rest] || rest.Length % 2 != 0)
            return null;
        var values = rest.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);
        return values.TryGetValue("--folder", out var folder) && values.TryGetValue("--program", out var program)
            && values.TryGetValue("--template", out var template) && values.TryGetValue("--out", out var file)
            ? new PagesOptions(folder, program, template, file, Number(values, "--rows", 10_000_000), Number(values, "--tokens", 100_000), (int)Number(values, "--circuits", 200), (int)Number(values, "--rounds", 9))
            : null;
    }

    private static long Number(Dictionary<string, string> values, string name, long otherwise) =>
        values.TryGetValue(name, out var text) ? long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : otherwise;
}

using System.Globalization;
using FinConsole.Core.Data;

namespace FinConsole.Bench;

/// <param name="What">api, writes, scans, oaep or lists.</param>
/// <param name="Provider">Which database.</param>
/// <param name="Folder">Where SQLite's files go.</param>
/// <param name="Out">The Markdown that this run writes.</param>
/// <param name="Rows">How many rows each list has at its full size.</param>
/// <param name="Small">And at the size that it is compared with.</param>
/// <param name="Keep">Whether filled databases stay, and serve a later run as they are.</param>
internal sealed record BenchOptions(string What, DatabaseProvider Provider, string Folder, string Out, long Rows, long Small, bool Keep)
{
    public static BenchOptions? Parse(string[] args)
    {
        if (args is not [("api" or "writes" or "scans" or "oaep" or "lists") and var what, .. var rest] || rest.Length % 2 != 0)
            return null;
        var values = rest.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);
        DatabaseProvider? provider = values.GetValueOrDefault("--database") switch
        {
            "sqlite" => DatabaseProvider.Sqlite,
            "postgresql" => DatabaseProvider.PostgreSql,
            _ => null,
        };
        return provider is { } known && values.TryGetValue("--folder", out var folder) && values.TryGetValue("--out", out var file)
            ? new BenchOptions(what, known, folder, file, Number(values, "--rows", what == "api" ? 1_000_000 : 10_000_000), Number(values, "--small", 10_000), values.GetValueOrDefault("--keep") == "yes")
            : null;
    }

    private static long Number(Dictionary<string, string> values, string name, long otherwise) =>
        values.TryGetValue(name, out var text) ? long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : otherwise;
}

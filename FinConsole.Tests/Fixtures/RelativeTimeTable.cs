using System.Text.Json;

namespace FinConsole.Tests.Fixtures;

/// <summary>How far away a time is, and what is said of it.</summary>
/// <param name="Seconds">From now on; negative for the past.</param>
public sealed record RelativeTimeRow(int Seconds, string Text);

/// <summary>The one table that the program and its script are both held to.</summary>
public static class RelativeTimeTable
{
    public static readonly IReadOnlyList<RelativeTimeRow> Rows = Read();

    private static RelativeTimeRow[] Read()
    {
        using var file = typeof(RelativeTimeTable).Assembly.GetManifestResourceStream("relative-times.json")!;
        return JsonSerializer.Deserialize<RelativeTimeRow[]>(file, JsonSerializerOptions.Web)!;
    }
}

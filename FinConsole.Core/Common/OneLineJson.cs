using System.Text.Json;

namespace FinConsole.Core.Common;

/// <summary>Which texts can stand in a line of NDJSON as they are.</summary>
public static class OneLineJson
{
    /// <summary>Whether the text is a JSON object without line ends.</summary>
    public static bool IsObject(string text)
    {
        if (text is not ['{', .., '}'] || text.AsSpan().ContainsAny('\r', '\n'))
            return false;
        if (text.Length == 2)
            return true;
        try
        {
            using var parsed = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

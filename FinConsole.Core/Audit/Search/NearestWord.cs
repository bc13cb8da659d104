namespace FinConsole.Core.Audit.Search;

/// <summary>What somebody may have meant who mistyped a word.</summary>
internal static class NearestWord
{
    private const int LongestTyped = 40;

    /// <summary>The known word that is nearest to the one typed; null when none is near.</summary>
    public static string? Of(string typed, IEnumerable<string> known)
    {
        if (typed.Length is 0 or > LongestTyped)
            return null;
        var lower = typed.ToLowerInvariant();
        var (nearest, distance) = (default(string), (Math.Min(lower.Length, 12) / 3) + 1);
        foreach (var word in known)
        {
            var between = lower.Length > 2 && word.StartsWith(lower, StringComparison.Ordinal) ? 1 : Distance(lower, word);
            if (between < distance)
                (nearest, distance) = (word, between);
        }

        return nearest;
    }

    // Levenshtein's distance, with two rows.
    private static int Distance(string one, string other)
    {
        var before = new int[other.Length + 1];
        var row = new int[other.Length + 1];
        for (var j = 0; j <= other.Length; j++)
            before[j] = j;
        for (var i = 1; i <= one.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
                row[j] = Math.Min(Math.Min(row[j - 1], before[j]) + 1, before[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1));
            (before, row) = (row, before);
        }

        return before[other.Length];
    }
}

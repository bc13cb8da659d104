namespace FinConsole.Core.Common;

/// <summary>
/// What somebody types to find a thing by its name: words in any order and any case, each the beginning or another part of one of the name's.
/// </summary>
public sealed class SearchWords
{
    /// <summary>Characters; what is longer is cut.</summary>
    public const int LongestText = 100;

    private const int MostWords = 6;

    private SearchWords(string text)
    {
        Text = text;
        AsTyped = [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(MostWords)];
        Words = [.. AsTyped.Select(word => word.ToLowerInvariant())];
    }

    /// <summary>As typed, without blanks around it.</summary>
    public string Text { get; }

    /// <summary>The words, before they were folded.</summary>
    public IReadOnlyList<string> AsTyped { get; }

    /// <summary>In lower case.</summary>
    public IReadOnlyList<string> Words { get; }

    public bool IsEmpty => Words.Count == 0;

    public static SearchWords Of(string? text) => new(PlainText.ForStorage(UnicodeText.Normalize(text?.Trim() ?? ""), LongestText).Trim());

    /// <summary>How well a name fits; the lower the better, null for not at all.</summary>
    /// <returns>0: the name begins with the text. 1: each word begins one of the name's. 2: each word is somewhere in it.</returns>
    public int? Rank(string name)
    {
        var folded = UnicodeText.Normalize(name).ToLowerInvariant();
        if (!Words.All(word => folded.Contains(word, StringComparison.Ordinal)))
            return null;
        if (folded.StartsWith(Text.ToLowerInvariant(), StringComparison.Ordinal))
            return 0;
        return Words.All(word => BeginsWord(folded, word)) ? 1 : 2;
    }

    private static bool BeginsWord(string name, string word)
    {
        for (var at = name.IndexOf(word, StringComparison.Ordinal); at >= 0; at = name.IndexOf(word, at + 1, StringComparison.Ordinal))
        {
            if (at == 0 || !char.IsLetterOrDigit(name[at - 1]))
                return true;
        }

        return false;
    }
}

using System.Diagnostics.CodeAnalysis;

namespace FinConsole.Web.Hosting.Api;

/// <summary>The words by which the API calls the values of an enum. They are read in any letter case, and never change.</summary>
internal sealed class EnumValues<T>(params (string Word, T Value)[] pairs)
    where T : struct, Enum
{
    private readonly Dictionary<string, T> _values = pairs.ToDictionary(pair => pair.Word, pair => pair.Value, StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<T, string> _words = pairs.ToDictionary(pair => pair.Value, pair => pair.Word);

    public IEnumerable<string> All => pairs.Select(pair => pair.Word);

    /// <summary>The value's word.</summary>
    public string Of(T value) => _words[value];

    /// <summary>The value of a word; null for what is no such word.</summary>
    public T? Find(string word) => _values.TryGetValue(word, out var value) ? value : null;

    /// <summary>False for what is no such word; the refusal names those that are.</summary>
    public bool TryRead(string word, string field, out T value, [NotNullWhen(false)] out IResult? refusal)
    {
        var known = _values.TryGetValue(word, out value);
        refusal = known ? null : ApiResponses.UnknownWord(field, All);
        return known;
    }

    /// <summary>The same where nothing may be said; null then.</summary>
    public bool TryReadOptional(string? word, string field, out T? value, [NotNullWhen(false)] out IResult? refusal)
    {
        (value, refusal) = (null, null);
        if (word is null)
            return true;
        if (!TryRead(word, field, out var read, out refusal))
            return false;
        value = read;
        return true;
    }
}

/// <summary>For the OpenAPI document: the words that a text may be.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class OneOfAttribute(params string[] words) : Attribute
{
    public IReadOnlyList<string> Words => words;
}

/// <summary>For the OpenAPI document: what a value looks like.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class ExampleAttribute(string json) : Attribute
{
    public string Json => json;
}

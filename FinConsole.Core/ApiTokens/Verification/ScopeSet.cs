using System.Collections.Concurrent;

namespace FinConsole.Core.ApiTokens.Verification;

/// <summary>What a token may do, one bit for each of <see cref="TokenScopes.All"/>; wildcards are spelled out, so that asking is one AND.</summary>
public readonly record struct ScopeSet(ulong Bits)
{
    /// <summary>Nothing is needed.</summary>
    public static readonly ScopeSet None = new(0);

    private static readonly Dictionary<string, int> Numbers = TokenScopes.All.Select((scope, number) => (scope, number)).ToDictionary(pair => pair.scope, pair => pair.number, StringComparer.Ordinal);

    // Tokens share a handful of sets; joining them anew for each request would be most of its cost.
    private static readonly ConcurrentDictionary<ulong, string> Texts = new();
    private static readonly ConcurrentDictionary<string, ScopeSet> Sets = new(StringComparer.Ordinal);

    /// <summary>Everything that these scopes allow.</summary>
    public static ScopeSet Granted(IReadOnlyCollection<string> scopes) => Of(TokenScopes.All.Where(scope => TokenScopes.Covers(scopes, scope)));

    /// <summary>Everything that a token's column allows.</summary>
    public static ScopeSet Granted(string column) => Sets.GetOrAdd(column, static text => Granted(TokenScopes.Split(text)));

    /// <summary>Exactly these words; none for an unknown one, which nothing then covers.</summary>
    public static ScopeSet Of(IEnumerable<string> scopes) => new(scopes.Aggregate(0UL, (bits, scope) => bits | (1UL << Numbers[scope])));

    /// <summary>The set of one word; null for a word that is no scope.</summary>
    public static ScopeSet? Of(ReadOnlySpan<char> scope) => Numbers.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(scope, out var number) ? new ScopeSet(1UL << number) : null;

    /// <summary>The words, in canonical order, parted by spaces (RFC 6749, section 3.3); a wildcard stands for what it covers.</summary>
    public string ToWords() => Texts.GetOrAdd(Bits, static bits => Write(bits));

    public bool Covers(ScopeSet needed) => (Bits & needed.Bits) == needed.Bits;

    private static string Write(ulong bits)
    {
        var words = TokenScopes.All.Where((_, number) => (bits & (1UL << number)) != 0).ToList();
        return TokenScopes.Join(words.Where(word => !words.Exists(wider => wider != word && TokenScopes.Covers([wider], word))));
    }
}

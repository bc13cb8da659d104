using FinConsole.Core.ApiTokens;

namespace FinConsole.Web.ApiTokens;

/// <summary>The list as its address states it, so that a link reproduces what one sees. Words it does not know fall back to the default.</summary>
internal sealed record TokenListQuery(string Search, string Status, TokenEnvironment? Environment, TokenSort Sort, string? Cursor)
{
    public const string Live = "live";
    public const string Ended = "ended";
    public const string All = "all";

    public static TokenListQuery Read(string? search, string? status, string? environment, string? sort, string? cursor) => new(
        search ?? "",
        status is Ended or All || Parse<TokenStatus>(status) is not null ? status!.ToLowerInvariant() : Live,
        Parse<TokenEnvironment>(environment),
        Parse<TokenSort>(sort) ?? TokenSort.Newest,
        cursor);

    /// <summary>True when nothing is filtered, so that an empty list means an empty tenant.</summary>
    public bool IsUnfiltered => Search.Length == 0 && Status == Live && Environment is null && Cursor is null;

    public TokenFilter ToFilter() => new(
        Search.Length == 0 ? null : Search,
        Status switch
        {
            Live => TokenFilter.Live,
            Ended => TokenFilter.Ended,
            All => null,
            _ => [Parse<TokenStatus>(Status)!.Value],
        },
        Environment,
        Sort,
        Cursor: Cursor);

    private static T? Parse<T>(string? word)
        where T : struct, Enum =>
        Enum.TryParse<T>(word, ignoreCase: true, out var value) && Enum.IsDefined(value) && !char.IsDigit(word![0]) ? value : null;
}

using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Web.Hosting;
using FinConsole.Web.Hosting.Api;

namespace FinConsole.Web.ApiTokens;

/// <summary>The list as its address states it, so that a link reproduces what one sees. Values it does not know fall back to the default, and the page says so.</summary>
internal sealed record TokenListQuery(string Search, string Status, TokenEnvironment? Environment, TokenSort Sort, string? Cursor)
{
    public const string Live = "live";
    public const string Ended = "ended";
    public const string All = "all";
    public const string Overdue = "overdue";
    public const string Dormant = "dormant";

    /// <summary>How the address calls the orders.</summary>
    public static readonly EnumValues<TokenSort> Sorts = new(("newest", TokenSort.Newest), ("name", TokenSort.Name), ("expiressoonest", TokenSort.ExpiresSoonest));

    public const string SearchKey = "q";
    public const string StatusKey = "status";
    public const string EnvironmentKey = "environment";
    public const string SortKey = "sort";
    public const string CursorKey = "after";

    /// <param name="ignored">Takes the values that are not understood.</param>
    public static TokenListQuery Read(string? search, string? status, string? environment, string? sort, string? cursor, ICollection<IgnoredValue>? ignored = null)
    {
        var address = new AddressReader(ignored);
        return new TokenListQuery(
            search ?? "",
            status?.ToLowerInvariant() is Live or Ended or All or Overdue or Dormant ? status.ToLowerInvariant() : address.Word(StatusKey, status, TokenApiValues.Statuses) is { } one ? TokenApiValues.Statuses.Of(one) : Live,
            address.Word(EnvironmentKey, environment, TokenApiValues.Environments),
            address.Word(SortKey, sort, Sorts) ?? TokenSort.Newest,
            address.Cursor(CursorKey, cursor));
    }

    /// <summary>True when nothing is filtered, so that an empty list means an empty tenant.</summary>
    public bool IsUnfiltered => Search.Length == 0 && Status == Live && Environment is null && Cursor is null;

    /// <summary>How many filters are set beside the search.</summary>
    public int Filters => (Status == Live ? 0 : 1) + (Environment is null ? 0 : 1);

    public TokenFilter ToFilter() => new(
        Search.Length == 0 ? null : Search,
        Status switch
        {
            Live or Overdue or Dormant => TokenFilter.Live,
            Ended => TokenFilter.Ended,
            All => null,
            _ => [TokenApiValues.Statuses.Find(Status)!.Value],
        },
        Environment,
        Sort,
        Attention,
        // Counted by themselves on the overview, and so listed by themselves.
        Nest: Attention is null,
        Cursor: Cursor);

    private TokenAttention? Attention => Status switch
    {
        Overdue => TokenAttention.Overdue,
        Dormant => TokenAttention.Dormant,
        _ => null,
    };
}

namespace FinConsole.Core.ApiTokens;

/// <summary>What a token may do, as a set of scope words in one canonical order.</summary>
public static class TokenScopes
{
    public const string ReadAll = "read:*";
    public const string WriteAll = "write:*";
    public const string WriteLimited = "write:limited";

    /// <summary>The API's resources.</summary>
    public static readonly IReadOnlyList<string> Resources = ["accounts", "payments", "beneficiaries", "reports", "market-data"];

    /// <summary>FinConsole's own routes, which no wildcard covers: they are given by name.</summary>
    public static readonly IReadOnlyList<string> OwnRoutes = ["read:audit", "read:login-history", "read:usage", "rotate:self"];

    /// <summary>Every scope there is, in the order in which they are shown and kept.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        ReadAll, .. Resources.Select(resource => "read:" + resource),
        WriteLimited, WriteAll, .. Resources.Select(resource => "write:" + resource),
        .. OwnRoutes,
    ];

    /// <summary>Least privilege by environment (finta-security-basics, step 3): in production, only what somebody asked for.</summary>
    public static IReadOnlyList<string> DefaultsFor(TokenEnvironment environment) => environment switch
    {
        TokenEnvironment.Development => [ReadAll],
        TokenEnvironment.Staging => [ReadAll, WriteLimited],
        TokenEnvironment.Production => [],
    };

    /// <summary>The set in canonical order without doubles; null when it is empty or holds an unknown word.</summary>
    public static IReadOnlyList<string>? Canonical(IEnumerable<string> scopes)
    {
        var asked = scopes.Select(scope => scope.Trim().ToLowerInvariant()).ToHashSet();
        return asked.Count > 0 && asked.IsSubsetOf(All) ? [.. All.Where(asked.Contains)] : null;
    }

    /// <summary>The first that is no scope, as it was sent; null when all are.</summary>
    public static string? FindUnknown(IEnumerable<string> scopes) => scopes.FirstOrDefault(scope => !All.Contains(scope.Trim().ToLowerInvariant()));

    /// <summary>Whether everything that <paramref name="narrower"/> allows is allowed by <paramref name="wider"/> as well.</summary>
    public static bool Cover(IReadOnlyCollection<string> wider, IEnumerable<string> narrower) => narrower.All(scope => Covers(wider, scope));

    /// <summary>How a set is kept in one column.</summary>
    public static string Join(IEnumerable<string> scopes) => string.Join(' ', scopes);

    public static IReadOnlyList<string> Split(string column) => column.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether a token with these scopes may do what <paramref name="scope"/> names.</summary>
    public static bool Covers(IReadOnlyCollection<string> granted, string scope) =>
        granted.Contains(scope)
        || (!OwnRoutes.Contains(scope)
            && ((granted.Contains(ReadAll) && scope.StartsWith("read:", StringComparison.Ordinal))
                || (granted.Contains(WriteAll) && scope.StartsWith("write:", StringComparison.Ordinal))));
}

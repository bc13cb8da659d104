using FinConsole.Core.ApiTokens.Verification;

namespace FinConsole.Web.Gateway;

/// <summary>What an end client asks the API for, read from the path and method that the gateway forwards.</summary>
/// <param name="Name">The resource: the path's first segment after an optional <c>/vN</c>.</param>
/// <param name="Scopes">The words any one of which allows it, the narrowest first.</param>
internal sealed record RequestedResource(string Name, IReadOnlyList<string> Scopes)
{
    private readonly (string Word, ScopeSet Needed)[] _scopes = [.. Scopes.Where(scope => ScopeSet.Of(scope) is not null).Select(scope => (scope, ScopeSet.Of(scope)!.Value))];

    /// <summary>Null for a target that <see cref="RequestTarget"/> refuses, or whose resource is unknown: the API might understand it as something else.</summary>
    public static RequestedResource? Read(string? uri, string? method, KnownResources resources)
    {
        var path = RequestTarget.PathOf(uri);
        if (path.IsEmpty || method is not { Length: > 0 })
            return null;
        var name = First(path[1..], out var rest);
        if (IsVersion(name))
            name = First(rest, out _);
        return resources.Find(name)?.For(method);
    }

    /// <summary>The scope by which a token may; null when it may not.</summary>
    public string? AllowedBy(ScopeSet granted)
    {
        foreach (var (word, needed) in _scopes)
        {
            if (granted.Covers(needed))
                return word;
        }

        return null;
    }

    private static ReadOnlySpan<char> First(ReadOnlySpan<char> path, out ReadOnlySpan<char> rest)
    {
        var slash = path.IndexOf('/');
        rest = slash < 0 ? default : path[(slash + 1)..];
        return slash < 0 ? path : path[..slash];
    }

    private static bool IsVersion(ReadOnlySpan<char> segment) => segment.Length is >= 2 and <= 4 && segment[0] == 'v' && !segment[1..].ContainsAnyExceptInRange('0', '9');
}

using System.Buffers;
using FinConsole.Core.ApiTokens.Verification;

namespace FinConsole.Web.Gateway;

/// <summary>What an end client asks the API for, read from the path and method that the gateway forwards.</summary>
/// <param name="Name">The resource: the path's first segment after an optional <c>/vN</c>.</param>
/// <param name="Scopes">The words any one of which allows it, the narrowest first.</param>
internal sealed record RequestedResource(string Name, IReadOnlyList<string> Scopes)
{
    private const int LongestPath = 8192;

    private static readonly SearchValues<char> Plain = SearchValues.Create([.. Enumerable.Range('!', '~' - '!' + 1).Select(code => (char)code).Except(['\\', ';'])]);

    private readonly (string Word, ScopeSet Needed)[] _scopes = [.. Scopes.Where(scope => ScopeSet.Of(scope) is not null).Select(scope => (scope, ScopeSet.Of(scope)!.Value))];

    /// <summary>Null for a path that is not in normal form, or whose resource is unknown: the API might understand it as something else.</summary>
    public static RequestedResource? Read(string? uri, string? method, GatewaySettings settings)
    {
        if (uri is not { Length: > 0 and <= LongestPath } || method is not { Length: > 0 })
            return null;
        var path = PathOf(uri);
        if (path.IsEmpty || !IsNormal(path))
            return null;
        var name = First(path[1..], out var rest);
        if (IsVersion(name))
            name = First(rest, out _);
        return settings.Known.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var scopes) ? scopes.For(method) : null;
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

    // nginx forwards the path alone, Traefik and Envoy may send the whole URL.
    private static ReadOnlySpan<char> PathOf(ReadOnlySpan<char> uri)
    {
        if (uri[0] != '/')
        {
            var authority = uri.StartsWith("https://", StringComparison.Ordinal) ? "https://".Length : uri.StartsWith("http://", StringComparison.Ordinal) ? "http://".Length : -1;
            var slash = authority < 0 ? -1 : uri[authority..].IndexOf('/');
            return slash < 0 ? default : PathOf(uri[(authority + slash)..]);
        }

        var end = uri.IndexOfAny('?', '#');
        return end < 0 ? uri : uri[..end];
    }

    // What one program resolves and another does not is refused: empty and dot segments, backslashes, escapes of what parts segments.
    private static bool IsNormal(ReadOnlySpan<char> path)
    {
        if (path.ContainsAnyExcept(Plain) || path.Contains("//", StringComparison.Ordinal))
            return false;
        foreach (var range in path[1..].Split('/'))
        {
            var segment = path[1..][range];
            if (segment is "." or ".." || (segment.Contains('%') && !IsNormalUnescaped(segment)))
                return false;
        }

        return true;
    }

    private static bool IsNormalUnescaped(ReadOnlySpan<char> segment)
    {
        var decoded = Uri.UnescapeDataString(segment);
        return decoded is not ("." or "..") && !decoded.AsSpan().ContainsAny('/', '\\', '%') && !decoded.Any(char.IsControl);
    }

    private static bool IsVersion(ReadOnlySpan<char> segment) => segment.Length is >= 2 and <= 4 && segment[0] == 'v' && !segment[1..].ContainsAnyExceptInRange('0', '9');
}

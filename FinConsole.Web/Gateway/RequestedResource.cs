using FinConsole.Core.ApiTokens.Verification;

namespace FinConsole.Web.Gateway;

/// <summary>What an end client asks the API for, read from the path and method that the gateway forwards.</summary>
/// <param name="Name">The resource: the path's first segment after an optional <c>/vN</c>.</param>
/// <param name="Scopes">The words any one of which allows it, the narrowest first.</param>
internal sealed record RequestedResource(string Name, IReadOnlyList<string> Scopes)
{
    private const int LongestPath = 8192;

    /// <summary>Null for a path that is not in normal form, or whose resource is unknown: the API might understand it as something else.</summary>
    public static RequestedResource? Read(string? uri, string? method, GatewaySettings settings)
    {
        if (uri is not { Length: > 0 and <= LongestPath } || method is not { Length: > 0 } || PathOf(uri) is not { } path || !IsNormal(path))
            return null;
        var segments = path[1..].Split('/');
        var name = IsVersion(segments[0]) ? segments.ElementAtOrDefault(1) : segments[0];
        if (name is null || !settings.Resources.Contains(name))
            return null;
        if (method is "GET" or "HEAD")
            return new RequestedResource(name, ["read:" + name, "read:*"]);
        return new RequestedResource(name, method == "POST" && settings.Limited.Contains(name) ? ["write:" + name, "write:*", "write:limited"] : ["write:" + name, "write:*"]);
    }

    /// <summary>The scope by which a token may; null when it may not.</summary>
    public string? AllowedBy(ScopeSet granted) => Scopes.FirstOrDefault(scope => ScopeSet.Of(scope) is { } needed && granted.Covers(needed));

    // nginx forwards the path alone, Traefik and Envoy may send the whole URL.
    private static string? PathOf(string uri)
    {
        if (uri[0] != '/')
        {
            var authority = uri.StartsWith("https://", StringComparison.Ordinal) ? "https://".Length : uri.StartsWith("http://", StringComparison.Ordinal) ? "http://".Length : -1;
            var slash = authority < 0 ? -1 : uri.IndexOf('/', authority);
            return slash < 0 ? null : PathOf(uri[slash..]);
        }

        var end = uri.AsSpan().IndexOfAny('?', '#');
        return end < 0 ? uri : uri[..end];
    }

    // What one program resolves and another does not is refused: empty and dot segments, backslashes, escapes of what parts segments.
    private static bool IsNormal(string path)
    {
        if (path.Any(character => character is <= ' ' or >= '\x7f' or '\\' or ';'))
            return false;
        if (path.Contains("//", StringComparison.Ordinal))
            return false;
        foreach (var segment in path[1..].Split('/'))
        {
            var decoded = Uri.UnescapeDataString(segment);
            if (decoded is "." or ".." || decoded.AsSpan().ContainsAny('/', '\\', '%') || decoded.Any(char.IsControl))
                return false;
        }

        return true;
    }

    private static bool IsVersion(string segment) => segment.Length is >= 2 and <= 4 && segment[0] == 'v' && segment.AsSpan(1).ContainsAnyExceptInRange('0', '9') is false;
}

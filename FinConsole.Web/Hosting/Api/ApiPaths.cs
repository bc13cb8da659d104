using System.Buffers;

namespace FinConsole.Web.Hosting.Api;

/// <summary>Which addresses belong to the HTTP API, whose answers are for programs: never a page, never a redirect.</summary>
internal static class ApiPaths
{
    public const string V1 = "/api/v1";
    public const string User = "/user";
    public const string WellKnown = "/.well-known";
    public const string OpenApi = "/openapi";
    public const string Health = "/health";

    /// <summary>What the server's metadata names, and so where it is mapped.</summary>
    public const string KeySet = WellKnown + "/jwks.json";
    public const string Introspect = V1 + "/introspect";
    public const string Revoke = V1 + "/revoke";

    // Nothing is there, but monitors ask, and cannot sign in.
    private static readonly string[] AskedByMonitors = ["metrics", "healthz", "livez", "readyz"];
    private static readonly string[] Roots = [ConsoleUrls.Api[1..], User[1..], WellKnown[1..], OpenApi[1..], Health[1..], .. AskedByMonitors];
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_/");

    /// <summary>Whether a path is below one of them, in any spelling that a proxy or a client may take for it.</summary>
    public static bool Holds(PathString path)
    {
        var text = path.Value.AsSpan();
        if (IsRoot(FirstOf(text)))
            return true;
        return (text.ContainsAnyExcept(Plain) || text.Contains("//", StringComparison.Ordinal))
            && PathSpelling.Resolve(path.Value!) is [var first, ..] && IsRoot(first);
    }

    private static ReadOnlySpan<char> FirstOf(ReadOnlySpan<char> path)
    {
        path = path.IsEmpty ? path : path[1..];
        var slash = path.IndexOf('/');
        return slash < 0 ? path : path[..slash];
    }

    private static bool IsRoot(ReadOnlySpan<char> segment)
    {
        foreach (var root in Roots)
        {
            if (segment.Equals(root, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}

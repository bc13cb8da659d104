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

    private const int MostDecodings = 3;

    // Nothing is there, but monitors ask, and cannot sign in.
    private static readonly string[] AskedByMonitors = ["metrics", "healthz", "livez", "readyz"];
    private static readonly string[] Roots = [ConsoleUrls.Api[1..], User[1..], WellKnown[1..], OpenApi[1..], Health[1..], .. AskedByMonitors];
    private static readonly SearchValues<char> OddCharacters = SearchValues.Create("\\%; .");

    /// <summary>Whether a path is below one of them, in any spelling that a proxy or a client may take for it.</summary>
    public static bool Holds(PathString path)
    {
        var text = path.Value.AsSpan();
        if (IsRoot(FirstOf(text)))
            return true;
        return (text.ContainsAny(OddCharacters) || text.Contains("//", StringComparison.Ordinal)) && IsRoot(ResolvedFirst(text.ToString()));
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

    // Decoded as often as it may have been encoded, dot segments resolved, parameters cut, and what file systems drop at a segment's end.
    private static string ResolvedFirst(string path)
    {
        for (var number = 0; number < MostDecodings && path.Contains('%'); number++)
            path = Uri.UnescapeDataString(path);
        var resolved = new List<string>();
        foreach (var segment in path.Split('/', '\\'))
        {
            var plain = segment.Split(';')[0].Trim(' ');
            if (plain == "..")
                resolved.RemoveRange(Math.Max(0, resolved.Count - 1), Math.Min(1, resolved.Count));
            else if (plain.TrimEnd(' ', '.') is { Length: > 0 } name)
                resolved.Add(name);
        }

        return resolved.FirstOrDefault() ?? "";
    }
}

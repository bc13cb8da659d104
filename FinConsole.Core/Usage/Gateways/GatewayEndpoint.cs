using FinConsole.Core.ApiTokens;

namespace FinConsole.Core.Usage.Gateways;

/// <summary>
/// What is kept of a path that a gateway reports: method and resource, <c>GET /accounts</c> for the resource itself and
/// <c>GET /accounts/…</c> for all below it. Paths hold ids and worse, and there are endless many; of these there are some eighty.
/// </summary>
public static class GatewayEndpoint
{
    private const string Other = "OTHER";

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    /// <summary>Whether it looks like an HTTP method: 1 to 20 letters.</summary>
    public static bool IsMethod(string text) => text.Length is > 0 and <= 20 && text.All(char.IsAsciiLetter);

    /// <param name="method">In any letter case; one that is not HTTP's own is <c>OTHER</c>.</param>
    /// <param name="path">With or without <c>/vN</c> before the resource, and with or without a query.</param>
    public static string Of(string method, string path)
    {
        var verb = Array.Find(Methods, each => each.Equals(method, StringComparison.OrdinalIgnoreCase)) ?? Other;
        var end = path.AsSpan().IndexOfAny('?', '#');
        var segments = (end < 0 ? path : path[..end]).Split('/', StringSplitOptions.RemoveEmptyEntries);
        var first = segments is [var version, ..] && IsVersion(version) ? 1 : 0;
        var resource = segments.Length > first ? TokenScopes.Resources.FirstOrDefault(each => each.Equals(segments[first], StringComparison.OrdinalIgnoreCase)) : null;
        return resource is null ? $"{verb} /…" : $"{verb} /{resource}{(segments.Length > first + 1 ? "/…" : "")}";
    }

    private static bool IsVersion(string segment) => segment.Length is > 1 and <= 4 && segment[0] is 'v' or 'V' && segment.AsSpan(1).ContainsAnyExceptInRange('0', '9') is false;
}

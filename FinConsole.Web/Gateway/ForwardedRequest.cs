using FinConsole.Web.Hosting.Configuration;

namespace FinConsole.Web.Gateway;

/// <summary>The end client's request target and method, as a gateway forwards them.</summary>
/// <param name="Target">The request target in origin form or absolute form (RFC 9112 3.2), not yet checked.</param>
/// <param name="Method">The method (RFC 9110 9.1), not yet checked.</param>
internal readonly record struct ForwardedRequest(string Target, string Method)
{
    private const string OriginalMethod = "X-Original-Method";
    private const string ForwardedMethod = "X-Forwarded-Method";
    private const string ForwardedUri = "X-Forwarded-Uri";

    private static readonly string[] OriginalTargets = ["X-Original-URI", "X-Original-URL"];
    private static readonly string[] Targets = [.. OriginalTargets, ForwardedUri];

    /// <summary>
    /// Reads the gateway's own pair of headers. Null when it is incomplete, when any of the headers is there twice, or when another
    /// header of the kind says something else: the gateway let through what its client wrote, and nobody can tell which is the client's.
    /// </summary>
    public static ForwardedRequest? Read(IHeaderDictionary headers, GatewayHeaders pair)
    {
        string? target = null;
        foreach (var name in pair == GatewayHeaders.Original ? OriginalTargets : [ForwardedUri])
            target ??= headers[name].Count > 0 ? headers[name].ToString() : null;
        var method = headers[pair == GatewayHeaders.Original ? OriginalMethod : ForwardedMethod];
        if (target is null || method.Count == 0)
            return null;

        var read = new ForwardedRequest(target, method.ToString());
        foreach (var name in Targets)
        {
            if (headers[name] is { Count: > 0 } also && !(also.Count == 1 && IsSameTarget(read.Target, also.ToString())))
                return null;
        }

        return Agrees(headers[OriginalMethod], read.Method) && Agrees(headers[ForwardedMethod], read.Method) ? read : null;
    }

    private static bool Agrees(Microsoft.Extensions.Primitives.StringValues method, string expected) =>
        method.Count == 0 || (method.Count == 1 && string.Equals(method, expected, StringComparison.Ordinal));

    // One header may hold the URL, another one the path of it.
    private static bool IsSameTarget(string one, string other) =>
        string.Equals(one, other, StringComparison.Ordinal)
        || (RequestTarget.OriginForm(one) is { IsEmpty: false } path && path.SequenceEqual(RequestTarget.OriginForm(other)));
}

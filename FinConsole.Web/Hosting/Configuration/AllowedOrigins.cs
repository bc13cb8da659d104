using FinConsole.Core.Common;

namespace FinConsole.Web.Hosting.Configuration;

/// <summary>
/// Reads <c>Console:AllowedOrigins</c>: origins beside <c>Console:PublicUrl</c> at which browsers reach the console's pages. An origin
/// is scheme, host and port, as a browser sends it in <c>Origin</c> (RFC 6454 6.2).
/// </summary>
internal static class AllowedOrigins
{
    private const string Key = "Console:AllowedOrigins";

    /// <summary>The origins in serialized form. What is not an origin, or is not https outside Development, is a fault.</summary>
    public static IReadOnlyList<string> Read(IConfiguration configuration, bool development, Faults faults)
    {
        List<string> origins = [];
        foreach (var text in configuration.GetSection(Key).Get<string[]>() ?? [])
        {
            if (Uri.TryCreate(text, UriKind.Absolute, out var url) && IsOrigin(url, development))
                origins.Add(Serialize(url));
            else
                faults.Add(Texts.Format(ConfigurationTexts.AllowedOriginMalformed, Key, text));
        }

        return origins;
    }

    /// <summary>A URL's origin as browsers write it: lower case, host in ASCII, no default port.</summary>
    public static string Serialize(Uri url)
    {
        var host = url.HostNameType == UriHostNameType.IPv6 ? url.Host : url.IdnHost;
        return $"{url.Scheme}://{host}{(url.IsDefaultPort ? "" : $":{url.Port}")}".ToLowerInvariant();
    }

    private static bool IsOrigin(Uri url, bool development) =>
        (url.Scheme == Uri.UriSchemeHttps || (development && url.Scheme == Uri.UriSchemeHttp))
        && url is { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" };
}

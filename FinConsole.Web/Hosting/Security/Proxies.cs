using FinConsole.Core.Common;
using FinConsole.Web.Hosting.Configuration;
using Microsoft.AspNetCore.HttpOverrides;

namespace FinConsole.Web.Hosting.Security;

/// <summary>
/// Believes <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> from configured proxies alone. <c>X-Forwarded-Host</c> is read nowhere: the
/// console's own address is configured.
/// </summary>
public static class Proxies
{
    private const string ForwardedProto = "X-Forwarded-Proto";
    private static readonly string[] Schemes = [Uri.UriSchemeHttp, Uri.UriSchemeHttps];

    public static IApplicationBuilder UseTrustedProxies(this IApplicationBuilder app, TrustedProxies trusted)
    {
        if (trusted.Networks.Count == 0)
            return app.UsePlainAddresses();

        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor,
            // As many hops as there are trusted proxies in a row; the first address that is none of them is the client.
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in trusted.Networks)
            options.KnownIPNetworks.Add(network);
        return app.UseForwardedScheme(trusted).UseForwardedHeaders(options).UsePlainAddresses();
    }

    // The framework goes through a list of schemes as far as through the addresses, and so may end at what the client itself sent: "https, http"
    // from a proxy that appends. What the nearest proxy wrote stands last.
    private static IApplicationBuilder UseForwardedScheme(this IApplicationBuilder app, TrustedProxies trusted) => app.Use((http, next) =>
    {
        if (trusted.Includes(http.Connection.RemoteIpAddress) && http.Request.Headers[ForwardedProto] is [.., { } line])
        {
            var last = line[(line.LastIndexOf(',') + 1)..].Trim();
            if (Schemes.FirstOrDefault(scheme => scheme.Equals(last, StringComparison.OrdinalIgnoreCase)) is { } said)
                http.Request.Scheme = said;
        }

        return next(http);
    });

    // Limits, allowlists, login history and the audit log all see the client in the same form.
    private static IApplicationBuilder UsePlainAddresses(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (http.Connection.RemoteIpAddress is { } address)
            http.Connection.RemoteIpAddress = IpText.Plain(address);
        return next(http);
    });
}

using FinConsole.Core.Common;
using FinConsole.Web.Hosting.Configuration;
using Microsoft.AspNetCore.HttpOverrides;

namespace FinConsole.Web.Hosting.Security;

/// <summary>Believes <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> from configured proxies alone.</summary>
public static class Proxies
{
    public static IApplicationBuilder UseTrustedProxies(this IApplicationBuilder app, TrustedProxies trusted)
    {
        if (trusted.Networks.Count == 0)
            return app.UsePlainAddresses();

        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            // As many hops as there are trusted proxies in a row; the first address that is none of them is the client.
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in trusted.Networks)
            options.KnownIPNetworks.Add(network);
        return app.UseForwardedHeaders(options).UsePlainAddresses();
    }

    // Limits, allowlists, login history and the audit log all see the client in the same form.
    private static IApplicationBuilder UsePlainAddresses(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (http.Connection.RemoteIpAddress is { } address)
            http.Connection.RemoteIpAddress = IpText.Plain(address);
        return next(http);
    });
}

using System.Net;

namespace FinConsole.Web.Gateway;

/// <summary>Who sits at the other end of the connection itself, before forwarded addresses take its place.</summary>
internal static class GatewayAddress
{
    /// <summary>Notes it for the one route that asks; comes before the forwarded headers are read.</summary>
    public static IApplicationBuilder UseGatewayAddress(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (http.Request.Path.StartsWithSegments(AuthorizeApi.Path))
            http.Features.Set(new Peer(http.Connection.RemoteIpAddress));
        return next(http);
    });

    public static IPAddress? Of(HttpContext http) => http.Features.Get<Peer>()?.Address;

    private sealed record Peer(IPAddress? Address);
}

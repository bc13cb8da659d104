using System.Net;

namespace FinConsole.Web.Gateway;

/// <summary>Who sits at the other end of the connection itself, before forwarded addresses take its place.</summary>
internal static class GatewayAddress
{
    private static readonly object Key = new();

    /// <summary>Notes it; comes before the forwarded headers are read.</summary>
    public static IApplicationBuilder UseGatewayAddress(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        http.Items[Key] = http.Connection.RemoteIpAddress;
        return next(http);
    });

    public static IPAddress? Of(HttpContext http) => http.Items[Key] as IPAddress;
}

using System.Net;
using FinConsole.Core.Common;
using FinConsole.Core.Members;

namespace FinConsole.Web.Hosting;

/// <summary>From where a request came, as login history and audit keep it.</summary>
public static class RequestOrigins
{
    public static RequestOrigin Of(HttpContext http)
    {
        var agent = http.Request.Headers.UserAgent.ToString();
        return new RequestOrigin(
            Canonical(http.Connection.RemoteIpAddress),
            agent.Length == 0 ? null : PlainText.ForStorage(agent, RequestOrigin.LongestUserAgent),
            http.TraceIdentifier);
    }

    // A dual-stack socket shows an IPv4 client as ::ffff:203.0.113.7.
    private static string? Canonical(IPAddress? address) =>
        address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4().ToString() : address?.ToString();
}

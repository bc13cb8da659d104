using FinConsole.Web.Hosting.Configuration;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace FinConsole.Web.Hosting.Security;

/// <summary>
/// The origins of the console's own pages: the public address and the configured ones, in Development also the addresses listened on.
/// Never the Host header, which anybody can set. <see href="../../docs/adr/0025-own-origin.md">ADR 25</see> says what rests on it.
/// </summary>
public sealed class TrustedOrigins(Installation installation, IServer server, IHostEnvironment environment)
{
    private const string OpaqueOrigin = "null";
    private const string FetchSite = "Sec-Fetch-Site";
    private static readonly string[] LoopbackNames = ["localhost", "127.0.0.1", "[::1]"];
    private static readonly string[] AnyAddress = ["0.0.0.0", "[::]", "*", "+"];

    private readonly HashSet<string> _configured =
        [AllowedOrigins.Serialize(installation.PublicUrl), .. installation.AllowedOrigins];

    /// <summary>Which page started this request, by <c>Origin</c> (RFC 6454) or, where that says nothing, by <c>Sec-Fetch-Site</c>.</summary>
    public RequestSource SourceOf(HttpRequest request)
    {
        var origin = request.Headers.Origin;
        if (origin.Count > 1)
            return RequestSource.OtherPage;
        // Our own forms send "null" as well: the pages' Referrer-Policy is no-referrer (Fetch, "append a request Origin header").
        if (origin.Count == 1 && origin[0] != OpaqueOrigin)
            return Contains(origin[0]!) ? RequestSource.OwnPage : RequestSource.OtherPage;
        return request.Headers[FetchSite].ToString() switch
        {
            "same-origin" => RequestSource.OwnPage,
            "" or "none" => RequestSource.Unknown,
            _ => RequestSource.OtherPage,
        };
    }

    private bool Contains(string origin) =>
        _configured.Contains(origin) || (environment.IsDevelopment() && ListenedOn().Contains(origin));

    // Asked each time: the port may be known only after the start.
    private IEnumerable<string> ListenedOn() =>
        from address in server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []
        let bound = BindingAddress.Parse(address)
        where !bound.IsUnixPipe && !bound.IsNamedPipe
        from host in HostsOf(bound.Host)
        select AllowedOrigins.Serialize(new UriBuilder(bound.Scheme, host, bound.Port).Uri);

    private static string[] HostsOf(string bound) =>
        LoopbackNames.Contains(bound) || AnyAddress.Contains(bound) ? LoopbackNames : [bound];
}

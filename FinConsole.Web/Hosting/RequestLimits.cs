using System.Security.Authentication;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace FinConsole.Web.Hosting;

/// <summary>
/// What the server takes of a connection and of a request before the program sees it. A gateway passes on its client's headers with its own question, so
/// these limits are wider than those of gateways: what they let through is answered by the program, and not by the server with 400 or 431.
/// </summary>
internal static class RequestLimits
{
    /// <summary>In bytes. The documented nginx takes 128 KB from its client and adds the target once more.</summary>
    private const int Headers = 256 * 1024;

    /// <summary>Bounded by the size of all of them.</summary>
    private const int HeaderCount = 10_000;

    public static void Apply(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        // The default is the machine's policy, which may take older versions.
        options.ConfigureHttpsDefaults(https => https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13);
        options.Limits.MaxRequestHeadersTotalSize = Headers;
        options.Limits.MaxRequestHeaderCount = HeaderCount;
        // RFC 9110 5.5 allows bytes beyond ASCII. Those that are no UTF-8 become U+FFFD, which no token, address or path holds.
        options.RequestHeaderEncodingSelector = static _ => Encoding.UTF8;
    }
}

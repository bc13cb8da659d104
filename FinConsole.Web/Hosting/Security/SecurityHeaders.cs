using System.Globalization;
using FinConsole.Web.Hosting.Api;

namespace FinConsole.Web.Hosting.Security;

/// <summary>What every answer tells the browser it may not do.</summary>
public static class SecurityHeaders
{
    private const string TransportSecurity = "max-age=31536000; includeSubDomains";
    // For programs: a browser that shows such an answer has nothing to load for it.
    private const string NothingAtAll = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
    private const string Permissions =
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()";

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        // At the last moment, since the exception handler clears what was set before.
        http.Response.OnStarting(() =>
        {
            Set(http);
            return Task.CompletedTask;
        });
        return next(http);
    });

    private static void Set(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = ApiPaths.Holds(http.Request.Path) ? NothingAtAll : Policy(CspNonce.Of(http));
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = Permissions;
        if (http.Request.IsHttps)
            headers.StrictTransportSecurity = TransportSecurity;
        if (!StaticAssets.IsOne(http))
            headers.CacheControl = Caching(http);
    }

    private static string Caching(HttpContext http) =>
        http.Response.StatusCode is StatusCodes.Status200OK or StatusCodes.Status304NotModified && http.GetEndpoint()?.Metadata.GetMetadata<CacheableFor>() is { } kept
            ? string.Create(CultureInfo.InvariantCulture, $"public, max-age={(int)kept.Lifetime.TotalSeconds}")
            : "no-store";

    // Components position themselves by style attributes; style elements and scripts need the nonce or our own origin.
    private static string Policy(string nonce) =>
        $"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src-elem 'self' 'nonce-{nonce}'; style-src-attr 'unsafe-inline'; "
        + "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'; object-src 'none'";
}

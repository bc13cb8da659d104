using FinConsole.Web.Hosting.Authentication;
using FinConsole.Web.Hosting.Security;

namespace FinConsole.Web.Hosting.Circuits;

/// <summary>
/// Refuses what other pages ask of <c>/_blazor</c> with 403, whatever the transport. Web sockets know no same-origin policy, and the
/// cookie goes with every request from a sibling domain or another port, which are the same site.
/// </summary>
public static class CircuitOrigins
{
    public static IApplicationBuilder UseCircuitOrigins(this IApplicationBuilder app)
    {
        var origins = app.ApplicationServices.GetRequiredService<TrustedOrigins>();
        var refused = app.ApplicationServices.GetRequiredService<RefusedOrigins>();
        return app.UseWhen(http => http.Request.Path.StartsWithSegments(ConsoleUrls.Circuits), branch => branch.Use((http, next) =>
        {
            if (IsAllowed(http, origins.SourceOf(http.Request)))
                return next(http);
            refused.Note(http.Request);
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }));
    }

    private static bool IsAllowed(HttpContext http, RequestSource source) => source switch
    {
        RequestSource.OtherPage => false,
        // Browsers state the origin of every web socket, also under "no-referrer".
        RequestSource.OwnPage => !OpensSocket(http) || http.Request.Headers.Origin is [not "null"],
        // Browsers state the origin of everything but GET and HEAD. A GET that says nothing comes from one that is too old for
        // Sec-Fetch-Site, and can only go on with what a checked request began. Without a cookie there is nothing to misuse: 401 follows.
        _ => !http.Request.Cookies.ContainsKey(SessionCookie.Name) || (IsRead(http) && !OpensSocket(http) && http.Request.Headers.Origin.Count == 0),
    };

    private static bool IsRead(HttpContext http) => HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);

    private static bool OpensSocket(HttpContext http) => http.WebSockets.IsWebSocketRequest || HttpMethods.IsConnect(http.Request.Method)
        || http.Request.Headers.Upgrade.Count > 0;
}

using FinConsole.Web.Hosting.Api;

namespace FinConsole.Web.Hosting.Security;

/// <summary>
/// Refuses requests for pages whose Host header is missing or is no host (RFC 9112, 3.2): the framework cannot build a page without an address. The
/// API needs none, and health checks of some load balancers send none.
/// </summary>
internal static class RequestHosts
{
    public static IApplicationBuilder UseValidHosts(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (ApiPaths.Holds(http.Request.Path) || IsValid(http.Request))
            return next(http);
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    });

    private static bool IsValid(HttpRequest request)
    {
        try
        {
            var host = request.Host.ToUriComponent();
            return host.Length > 0 && Uri.TryCreate($"{request.Scheme}://{host}/", UriKind.Absolute, out _);
        }
        catch (ArgumentException)
        {
            // No name by the rules for international ones, for example "xn--".
            return false;
        }
    }
}

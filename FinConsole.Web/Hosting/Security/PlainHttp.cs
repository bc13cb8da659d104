using FinConsole.Web.Hosting.Api;
using FinConsole.Web.Hosting.Configuration;

namespace FinConsole.Web.Hosting.Security;

/// <summary>
/// Outside Development plain HTTP leads pages to the public HTTPS address and refuses everything else: a redirected API call
/// would have sent its token in the clear already, and would go on doing so. Health checks, which come from inside and tell nothing, go by either.
/// </summary>
public static class PlainHttp
{
    public static IApplicationBuilder UseHttpsAlone(this WebApplication app, Installation installation) =>
        app.Environment.IsDevelopment() ? app : app.Use((http, next) => http.Request.IsHttps || http.Request.Path.StartsWithSegments(ApiPaths.Health) ? next(http) : RefuseAsync(http, installation.PublicUrl));

    private static async Task RefuseAsync(HttpContext http, Uri publicUrl)
    {
        var request = http.Request;
        if (Pages.AreMeant(http) && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)))
        {
            // The configured address, never the Host header, which anybody can set.
            var target = new UriBuilder(publicUrl) { Path = request.Path, Query = request.QueryString.Value };
            http.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
            http.Response.Headers.Location = target.Uri.AbsoluteUri;
            return;
        }

        await Results.Problem(
            statusCode: StatusCodes.Status403Forbidden,
            title: SecurityTexts.HttpsNeeded,
            extensions: new Dictionary<string, object?> { ["code"] = "https_required", ["traceId"] = http.TraceIdentifier }).ExecuteAsync(http);
    }
}

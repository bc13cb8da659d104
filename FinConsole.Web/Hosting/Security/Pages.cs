using FinConsole.Web.Hosting.Api;

namespace FinConsole.Web.Hosting.Security;

/// <summary>Tells requests that a person reads the answer of from those that a program does.</summary>
internal static class Pages
{
    public static bool AreMeant(HttpContext http) =>
        !ApiPaths.Holds(http.Request.Path)
        && !http.Request.Path.StartsWithSegments(ConsoleUrls.Circuits)
        && !http.Request.Path.StartsWithSegments(ConsoleUrls.SessionState)
        && !StaticAssets.IsOne(http);
}

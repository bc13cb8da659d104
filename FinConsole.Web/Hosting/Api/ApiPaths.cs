namespace FinConsole.Web.Hosting.Api;

/// <summary>Which addresses belong to the HTTP API, whose answers are for programs: never a page, never a redirect.</summary>
internal static class ApiPaths
{
    public const string V1 = "/api/v1";
    public const string User = "/user";
    public const string WellKnown = "/.well-known";
    public const string OpenApi = "/openapi";
    public const string Health = "/health";

    public static bool Holds(PathString path) =>
        path.StartsWithSegments(ConsoleUrls.Api) || path.StartsWithSegments(User) || path.StartsWithSegments(WellKnown) || path.StartsWithSegments(OpenApi)
        || path.StartsWithSegments(Health);
}

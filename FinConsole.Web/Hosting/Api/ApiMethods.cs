using Microsoft.AspNetCore.Routing.Template;

namespace FinConsole.Web.Hosting.Api;

/// <summary>Which methods the API takes at a path: routing says so itself unless another route, of the console's files, takes every path.</summary>
internal sealed class ApiMethods(IServiceProvider services)
{
    private readonly Lazy<List<ApiRoute>> _routes = new(() => Read(services));

    /// <summary>False for a path that the API does not have.</summary>
    public bool Has(PathString path) => _routes.Value.Any(route => Matches(route.Path, path));

    /// <summary>Names them in <c>Allow</c>; false for a path that the API does not have.</summary>
    public bool TryAllow(HttpContext http)
    {
        var methods = _routes.Value.Where(route => Matches(route.Path, http.Request.Path)).SelectMany(route => route.Methods).Distinct().ToArray();
        if (methods.Length > 0)
            http.Response.Headers.Allow = string.Join(", ", methods);
        return methods.Length > 0;
    }

    /// <summary>Who may call the route that has this path and method; null where there is none.</summary>
    public ApiAccess? FindAccess(HttpRequest request) =>
        _routes.Value.Find(route => route.Methods.Contains(request.Method, StringComparer.OrdinalIgnoreCase) && Matches(route.Path, request.Path))?.Access;

    // The one constraint that the API's routes have: every parameter is an id.
    private static bool Matches(TemplateMatcher route, PathString path)
    {
        var values = new RouteValueDictionary();
        return route.TryMatch(path, values) && values.Values.All(value => IdText.TryParse(value as string, out _));
    }

    private static List<ApiRoute> Read(IServiceProvider services) =>
    [
        .. services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<ApiAccess>() is not null)
            .Select(route => new ApiRoute(
                new TemplateMatcher(new RouteTemplate(route.RoutePattern), []), route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [],
                route.Metadata.GetMetadata<ApiAccess>()!)),
    ];

    private sealed record ApiRoute(TemplateMatcher Path, IReadOnlyList<string> Methods, ApiAccess Access);
}

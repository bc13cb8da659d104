namespace FinConsole.Web.Gateway;

/// <summary>The end client's own path and method, as gateways forward them.</summary>
internal static class ForwardedRequest
{
    /// <summary>Nothing where a header is missing, or is there twice: then somebody else may have written one of them.</summary>
    public static (string? Uri, string? Method) Of(HttpRequest request) =>
        (One(request, "X-Original-URI") ?? One(request, "X-Forwarded-Uri"), One(request, "X-Original-Method") ?? One(request, "X-Forwarded-Method"));

    private static string? One(HttpRequest request, string header) => request.Headers[header] is [{ } only] ? only : null;
}

namespace FinConsole.Web.Hosting;

/// <summary>Lets what answers GET answer HEAD: the same status and headers, and no body (RFC 9110, 9.3.2), which the server leaves out by itself.</summary>
public static class HeadRequests
{
    /// <summary>Whether a request only reads: GET, or HEAD, which differs by its body alone.</summary>
    public static bool IsRead(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    /// <summary>Adds HEAD wherever an endpoint takes GET.</summary>
    public static TBuilder RespondsToHead<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoints.Finally(AddTo);
        return endpoints;
    }

    /// <inheritdoc cref="RespondsToHead{TBuilder}(TBuilder)"/>
    public static void AddTo(EndpointBuilder endpoint)
    {
        for (var index = 0; index < endpoint.Metadata.Count; index++)
        {
            if (endpoint.Metadata[index] is IHttpMethodMetadata { HttpMethods: var methods } && methods.Contains(HttpMethods.Get) && !methods.Contains(HttpMethods.Head))
                endpoint.Metadata[index] = new HttpMethodMetadata([.. methods, HttpMethods.Head]);
        }
    }
}

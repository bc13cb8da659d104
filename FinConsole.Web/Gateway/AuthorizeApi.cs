using FinConsole.Web.Hosting.Api;

namespace FinConsole.Web.Gateway;

/// <summary>
/// Forward-auth: a gateway asks with the end client's own request whether to let it through. It answers 200, 401 or 403 and nothing else,
/// since nginx makes a 500 of any other status, and without a body. What else the client sends, its method and its Accept, changes nothing.
/// </summary>
internal static class AuthorizeApi
{
    /// <summary>Where gateways ask.</summary>
    public static readonly PathString Path = ApiPaths.V1 + "/authorize";

    // Those that an OpenAPI document can name; any other is taken as well.
    private static readonly string[] KnownMethods =
        [HttpMethods.Get, HttpMethods.Head, HttpMethods.Post, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete, HttpMethods.Options, HttpMethods.Trace];

    public static void MapAuthorizeApi(this IEndpointRouteBuilder api)
    {
        Delegate handler = api.ServiceProvider.GetRequiredService<GatewayAuthorization>().RespondAsync;
        api.MapMethods("/authorize", KnownMethods, handler).WithMetadata(new NeverNegotiates()).Allow(ApiAccess.Anonymous)
            .Produces(StatusCodes.Status200OK).Produces(StatusCodes.Status401Unauthorized).Produces(StatusCodes.Status403Forbidden)
            .Describe(
                "authorize", "Authorize a request at a gateway",
                "For nginx auth_request, Traefik ForwardAuth, Envoy ext_authz and Caddy forward_auth: reads the end client's credential, the forwarded path and method, and the client's address. Takes any method; the answer has no body. Only configured gateways may call it.");
        api.Map("/authorize", handler).WithMetadata(new NeverNegotiates()).Allow(ApiAccess.Anonymous).ExcludeFromDescription();
    }
}

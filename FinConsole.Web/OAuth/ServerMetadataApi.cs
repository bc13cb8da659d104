using System.Text.Json.Serialization;
using FinConsole.Core.Email;
using FinConsole.Core.SignIn.AccessTokens;
using FinConsole.Web.Hosting.Api;

namespace FinConsole.Web.OAuth;

/// <summary>What OAuth libraries need to be told of this server, in one document (RFC 8414), under both addresses that they look at.</summary>
internal static class ServerMetadataApi
{
    // As for the keys: an operator who changes the address waits no longer for one than for the other.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    public static void MapServerMetadata(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapDocument(ApiPaths.WellKnown + "/oauth-authorization-server").Describe(
            "getServerMetadata", "Server metadata",
            "Describes this server to OAuth libraries (RFC 8414): issuer, public keys, introspection and revocation. There is no authorization endpoint and no token endpoint: "
            + "programs sign in by /api/v1/auth/login. May be kept for five minutes, and asked for again with If-None-Match.");
        endpoints.MapDocument(ApiPaths.WellKnown + "/openid-configuration").Describe(
            "getServerMetadataForOpenId", "Server metadata, where OpenID libraries look",
            "Answers the same document: libraries that know an issuer by its address alone look for it here (RFC 8414, section 5). This server is no OpenID provider and issues no ID tokens.");
    }

    private static RouteHandlerBuilder MapDocument(this IEndpointRouteBuilder endpoints, string path) =>
        endpoints.MapGet(path, Answer).Allow(ApiAccess.Anonymous).Responds<ServerMetadata>().Produces(StatusCodes.Status304NotModified)
            .WithMetadata(new CacheableFor(Lifetime)).NeverRefuses(ApiProblem.Unavailable, ApiProblem.AuditChainBroken);

    private static IResult Answer(AccessTokenAddress address, ConsoleAddress console, TaggedJson json) => json.Of(ServerMetadata.Of(address, console));
}

/// <summary>Authorization server metadata (RFC 8414, section 2).</summary>
/// <param name="Issuer">The <c>iss</c> of access tokens.</param>
/// <param name="JwksUri">The public keys that verify them.</param>
/// <param name="ServiceDocumentation">The reference of this API.</param>
/// <param name="ResponseTypesSupported">None: there is no authorization endpoint.</param>
/// <param name="GrantTypesSupported">None: there is no token endpoint.</param>
/// <param name="IntrospectionEndpoint">Where the operator's own servers ask about a token (RFC 7662).</param>
/// <param name="IntrospectionEndpointAuthMethodsSupported">How a service token is sent there.</param>
/// <param name="RevocationEndpoint">Where a token is ended (RFC 7009).</param>
/// <param name="RevocationEndpointAuthMethodsSupported">How a service token is sent there; "none" for a token that ends itself.</param>
/// <param name="AccessTokenSigningAlgValuesSupported">The algorithms that sign access tokens.</param>
internal sealed record ServerMetadata(
    string Issuer,
    [property: JsonPropertyName("jwks_uri")] string JwksUri,
    [property: JsonPropertyName("service_documentation")] string ServiceDocumentation,
    [property: JsonPropertyName("response_types_supported")] IReadOnlyList<string> ResponseTypesSupported,
    [property: JsonPropertyName("grant_types_supported")] IReadOnlyList<string> GrantTypesSupported,
    [property: JsonPropertyName("introspection_endpoint")] string IntrospectionEndpoint,
    [property: JsonPropertyName("introspection_endpoint_auth_methods_supported")] IReadOnlyList<string> IntrospectionEndpointAuthMethodsSupported,
    [property: JsonPropertyName("revocation_endpoint")] string RevocationEndpoint,
    [property: JsonPropertyName("revocation_endpoint_auth_methods_supported")] IReadOnlyList<string> RevocationEndpointAuthMethodsSupported,
    [property: JsonPropertyName("access_token_signing_alg_values_supported")] IReadOnlyList<string> AccessTokenSigningAlgValuesSupported)
{
    public static ServerMetadata Of(AccessTokenAddress address, ConsoleAddress console) => new(
        address.Issuer, console.Of(ApiPaths.KeySet), console.Of(ConsoleUrls.ApiDocs), [], [],
        console.Of(ApiPaths.Introspect), ["client_secret_basic", "client_secret_post", "Bearer"],
        console.Of(ApiPaths.Revoke), ["client_secret_basic", "client_secret_post", "none"],
        [AccessTokenClaims.Algorithm]);
}

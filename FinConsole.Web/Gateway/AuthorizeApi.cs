using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Verification;
using FinConsole.Core.Usage.Failures;
using FinConsole.Web.ApiTokens;
using FinConsole.Web.Hosting.Api;
using Microsoft.Extensions.Options;

namespace FinConsole.Web.Gateway;

/// <summary>
/// Forward-auth: a gateway asks with the end client's own request whether to let it through. It answers 200, 401 or 403 and nothing else,
/// since nginx makes a 500 of any other status, and without a body.
/// </summary>
internal static class AuthorizeApi
{
    private const string DenyReason = "X-Deny-Reason";

    public static void MapAuthorizeApi(this IEndpointRouteBuilder api) =>
        api.MapMethods("/authorize", [HttpMethods.Get, HttpMethods.Head], AuthorizeAsync).Allow(ApiAccess.Anonymous)
            .Produces(StatusCodes.Status200OK).Produces(StatusCodes.Status401Unauthorized).Produces(StatusCodes.Status403Forbidden)
            .Describe(
                "authorize", "Authorize a request at a gateway",
                "For nginx auth_request, Traefik ForwardAuth, Envoy ext_authz and Caddy forward_auth: reads the end client's credential, the forwarded path and method, and the client's address. Only configured gateways may call it.");

    private static async Task AuthorizeAsync(HttpContext http, VerifyApiToken verify, ApiLimiter limiter, SuccessorUse successors, ApiUsage usage, IOptions<GatewaySettings> options)
    {
        var settings = options.Value;
        if (!settings.Trusts(GatewayAddress.Of(http)))
        {
            Deny(http, StatusCodes.Status403Forbidden, "not_a_gateway");
            return;
        }

        var shown = PresentedCredential.Read(http.Request);
        if (shown.Fault is not null || shown.Text is not { } text || ApiTokenSecret.IsWellFormed(text) && ApiTokenSecret.KindOf(text) == TokenKind.Service)
        {
            Deny(http, StatusCodes.Status401Unauthorized, null);
            return;
        }

        var verified = await verify.HandleAsync(text, ApiCaller.AddressOf(http), http.RequestAborted);
        usage.Note(http, verified);
        if (verified.Verdict is not (TokenVerdict.Accepted or TokenVerdict.AddressNotAllowed))
        {
            Deny(http, verified.Verdict == TokenVerdict.Unavailable ? StatusCodes.Status403Forbidden : StatusCodes.Status401Unauthorized, verified.Verdict == TokenVerdict.Unavailable ? "unavailable" : null);
            return;
        }

        await DecideAsync(http, verified, limiter, successors, usage, settings);
    }

    private static async Task DecideAsync(HttpContext http, VerifiedToken verified, ApiLimiter limiter, SuccessorUse successors, ApiUsage usage, GatewaySettings settings)
    {
        var token = verified.Token!;
        if (limiter.Take(http, token) is { } over)
        {
            http.Response.Headers.RetryAfter = ((int)over.RetryAfter!.Value.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
            Deny(http, StatusCodes.Status403Forbidden, "rate_limited");
            return;
        }

        if (!verified.Accepted)
        {
            Deny(http, StatusCodes.Status403Forbidden, "ip_not_allowed");
            return;
        }

        await successors.NoteAsync(token, http);
        var (uri, method) = ForwardedRequest.Of(http.Request);
        if (RequestedResource.Read(uri, method, settings) is not { } resource)
            Deny(http, StatusCodes.Status403Forbidden, "unknown_resource");
        else if (resource.AllowedBy(token.Scopes) is { } scope)
            Grant(http, token, scope, usage);
        else
            DenyScope(http, token, usage);
    }

    private static void DenyScope(HttpContext http, TokenEntry token, ApiUsage usage)
    {
        usage.Refuse(http, token, TokenFailureReason.ScopeMissing);
        Deny(http, StatusCodes.Status403Forbidden, "insufficient_scope");
    }

    private static void Grant(HttpContext http, TokenEntry token, string scope, ApiUsage usage)
    {
        usage.CountVerified(http, token, ApiCaller.AddressOf(http), scope);
        var headers = http.Response.Headers;
        headers["X-Tenant-Id"] = token.TenantId.ToString("D");
        headers["X-Token-Id"] = token.Id.ToString("D");
        headers["X-Cashier-Id"] = token.CashierId.ToString("D");
        headers["X-Token-Scopes"] = token.Scopes.ToWords();
        headers["X-Environment"] = TokenApiWords.Environments.Of(token.Environment);
        http.Response.StatusCode = StatusCodes.Status200OK;
    }

    private static void Deny(HttpContext http, int status, string? reason)
    {
        http.Response.StatusCode = status;
        if (status == StatusCodes.Status401Unauthorized)
            http.Response.Headers.WWWAuthenticate = ApiProblems.Challenge;
        if (reason is not null)
            http.Response.Headers[DenyReason] = reason;
        // An empty answer of a stated length: nothing fills it in with a problem.
        http.Response.ContentType = "text/plain";
    }
}

using System.Globalization;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Verification;
using FinConsole.Core.Usage.Failures;
using FinConsole.Web.ApiTokens;
using FinConsole.Web.Hosting.Api;
using FinConsole.Web.Hosting.Configuration;
using Microsoft.Extensions.Options;

namespace FinConsole.Web.Gateway;

/// <summary>Decides for a gateway whether an end client's request may pass. One for the program: gateways ask for every request of everybody.</summary>
internal sealed partial class GatewayAuthorization(
    VerifyApiToken verify, ApiLimiter limiter, SuccessorUse successors, ApiUsage usage, IOptions<GatewaySettings> options, ILogger<GatewayAuthorization> logger)
{
    private const string DenyReason = "X-Deny-Reason";
    private const string Unavailable = "unavailable";

    private readonly GatewaySettings _settings = options.Value;
    private readonly KnownResources _resources = new(options.Value);

    /// <summary>Answers 200, 401 or 403, whatever happens: a gateway turns any other status into a failure of its own.</summary>
    public async Task RespondAsync(HttpContext http)
    {
        try
        {
            await AuthorizeAsync(http);
        }
        catch (Exception failure) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            LogFailed(failure);
            http.Response.Clear();
            Deny(http, StatusCodes.Status403Forbidden, Unavailable);
        }
    }

    private async Task AuthorizeAsync(HttpContext http)
    {
        if (_settings.HeadersOf(GatewayAddress.Of(http)) is not { } headers)
        {
            Deny(http, StatusCodes.Status403Forbidden, "not_a_gateway");
            return;
        }

        var shown = PresentedCredential.Read(http.Request);
        if (shown.Fault is not null || shown.Text is not { } text || text.StartsWith(ApiTokenSecret.ServiceStart, StringComparison.Ordinal))
        {
            Deny(http, StatusCodes.Status401Unauthorized, null);
            return;
        }

        var verified = await verify.HandleAsync(text, ApiCaller.AddressOf(http), http.RequestAborted);
        if (verified.Verdict is TokenVerdict.Accepted or TokenVerdict.AddressNotAllowed)
        {
            await DecideAsync(http, verified, headers);
            return;
        }

        usage.Note(http, verified);
        var unavailable = verified.Verdict == TokenVerdict.Unavailable;
        Deny(http, unavailable ? StatusCodes.Status403Forbidden : StatusCodes.Status401Unauthorized, unavailable ? Unavailable : null);
    }

    private async ValueTask DecideAsync(HttpContext http, VerifiedToken verified, GatewayHeaders headers)
    {
        var token = verified.Token!;
        if (limiter.Take(http, token) is { } over)
        {
            usage.Note(http, verified);
            http.Response.Headers.RetryAfter = ((int)over.RetryAfter!.Value.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            Deny(http, StatusCodes.Status403Forbidden, "rate_limited");
            return;
        }

        if (!verified.Accepted)
        {
            usage.Note(http, verified);
            Deny(http, StatusCodes.Status403Forbidden, "ip_not_allowed");
            return;
        }

        await successors.NoteAsync(token, http);
        var asked = ForwardedRequest.Read(http.Request.Headers, headers);
        var resource = RequestedResource.Read(asked?.Target, asked?.Method, _resources);
        if (resource?.AllowedBy(token.Scopes) is { } scope)
        {
            Grant(http, token, scope);
            return;
        }

        usage.Note(http, verified);
        if (resource is null)
        {
            Deny(http, StatusCodes.Status403Forbidden, "unknown_resource");
            return;
        }

        usage.Refuse(http, token, TokenFailureReason.ScopeMissing);
        http.Response.Headers.WWWAuthenticate = BearerChallenge.InsufficientScope(resource.Scopes[0]);
        Deny(http, StatusCodes.Status403Forbidden, ApiProblem.InsufficientScope);
    }

    private void Grant(HttpContext http, TokenEntry token, string scope)
    {
        usage.CountVerified(http, token, ApiCaller.AddressOf(http), scope);
        var headers = http.Response.Headers;
        headers["X-Tenant-Id"] = token.Tenant.IdText;
        headers["X-Token-Id"] = token.Id.ToString("D");
        headers["X-Cashier-Id"] = token.Cashier.IdText;
        headers["X-Token-Scopes"] = token.Scopes.ToWords();
        headers["X-Environment"] = TokenApiValues.Environments.Of(token.Environment);
        http.Response.StatusCode = StatusCodes.Status200OK;
    }

    private static void Deny(HttpContext http, int status, string? reason)
    {
        http.Response.StatusCode = status;
        if (status == StatusCodes.Status401Unauthorized)
            http.Response.Headers.WWWAuthenticate = BearerChallenge.ForUnauthenticated(http.Request);
        if (reason is not null)
            http.Response.Headers[DenyReason] = reason;
        // An empty answer of a stated length: nothing fills it in with a problem.
        http.Response.ContentType = "text/plain";
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A gateway's question could not be answered; the request is refused")]
    private partial void LogFailed(Exception failure);
}

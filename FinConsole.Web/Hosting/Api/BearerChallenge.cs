namespace FinConsole.Web.Hosting.Api;

/// <summary>What <c>WWW-Authenticate</c> says (RFC 6750 3, RFC 7617 2).</summary>
internal static class BearerChallenge
{
    /// <summary>For a credential that is not valid, whatever the reason.</summary>
    public const string InvalidToken = "Bearer error=\"invalid_token\"";

    /// <summary>For a client's secret that is not valid, by HTTP Basic or in a form (RFC 6749 5.2).</summary>
    public const string InvalidSecret = "Basic realm=\"FinConsole\", charset=\"UTF-8\"";

    // RFC 6750 3.1: without any credential there is no error to name.
    private const string Bare = "Bearer";

    /// <summary>For a request whose credential is missing or not valid.</summary>
    public static string ForUnauthenticated(HttpRequest request) => PresentedCredential.IsMissing(request) ? Bare : InvalidToken;

    /// <summary>For a valid credential that lacks a scope.</summary>
    /// <param name="scope">The scope that would do; null where no scope would, but a role.</param>
    public static string InsufficientScope(string? scope) =>
        scope is null ? "Bearer error=\"insufficient_scope\"" : $"Bearer error=\"insufficient_scope\", scope=\"{scope}\"";

    /// <summary>The challenge of a refusal; null for one that has none.</summary>
    public static string? Of(HttpContext http, ApiProblem problem) => problem.Status switch
    {
        StatusCodes.Status401Unauthorized when ClientAuthentication.IsBySecret(http) => InvalidSecret,
        StatusCodes.Status401Unauthorized => problem.Code == ApiProblem.Unauthenticated.Code ? ForUnauthenticated(http.Request) : InvalidToken,
        StatusCodes.Status403Forbidden when problem.Code == ApiProblem.InsufficientScope => InsufficientScope(http.GetEndpoint()?.Metadata.GetMetadata<ApiAccess>()?.Scope),
        _ => null,
    };
}

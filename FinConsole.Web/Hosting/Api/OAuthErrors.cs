using System.Net.Mime;
using System.Text.Json;
using Microsoft.Net.Http.Headers;

namespace FinConsole.Web.Hosting.Api;

/// <summary>
/// Marks a route that OAuth libraries call: its refusals also have the members by which those know them (RFC 6749 5.2), and are plain JSON for
/// who asks for JSON, since libraries read no other type.
/// </summary>
internal sealed class OAuthErrors
{
    public const string UnsupportedTokenType = "unsupported_token_type";

    /// <summary>Writes <c>error</c> and <c>error_description</c>, where the route has them.</summary>
    public static void Write(Utf8JsonWriter json, HttpContext http, ApiProblem problem)
    {
        if (!IsOn(http))
            return;
        json.WriteString("error", Of(http, problem));
        json.WriteString("error_description", Plain(problem.Title));
    }

    /// <summary>The media type of a refusal.</summary>
    public static string MediaTypeFor(HttpContext http) =>
        IsOn(http) && MediaTypeHeaderValue.TryParseList(http.Request.Headers.Accept!, out var ranges)
        && Names(ranges, MediaTypeNames.Application.Json) && !Names(ranges, MediaTypeNames.Application.ProblemJson)
            ? MediaTypeNames.Application.Json : MediaTypeNames.Application.ProblemJson;

    // By name: application/problem+json counts as a kind of application/json elsewhere.
    private static bool Names(IEnumerable<MediaTypeHeaderValue> ranges, string type) =>
        ranges.Any(range => range.Quality != 0 && range.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase));

    private static bool IsOn(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<OAuthErrors>() is not null;

    private static string Of(HttpContext http, ApiProblem problem) => problem.Status switch
    {
        StatusCodes.Status401Unauthorized => ClientAuthentication.IsBySecret(http) ? "invalid_client" : "invalid_token",
        StatusCodes.Status403Forbidden => "unauthorized_client",
        StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable => "temporarily_unavailable",
        >= StatusCodes.Status500InternalServerError => "server_error",
        _ => problem.Code == UnsupportedTokenType ? UnsupportedTokenType : "invalid_request",
    };

    // RFC 6749 5.2 allows printable ASCII without quotation marks and backslashes.
    private static string Plain(string title) => string.Concat(title.Select(each => each == '"' ? '\'' : each).Where(each => each is >= ' ' and <= '~' and not '\\'));
}

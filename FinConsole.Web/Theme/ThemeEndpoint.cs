using FinConsole.Web.Hosting.Api;
using Microsoft.Net.Http.Headers;

namespace FinConsole.Web.Theme;

/// <summary>Serves the theme to everybody: the sign-in page is dressed by it too.</summary>
internal static class ThemeEndpoint
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);

    /// <summary>Its address, which changes with its content.</summary>
    public static string Url { get; } = $"/theme.{ThemeStylesheet.Version}.css";

    public static void MapTheme(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapMethods(Url, [HttpMethods.Get, HttpMethods.Head], Serve).AllowAnonymous().WithMetadata(new CacheableFor(Lifetime)).ExcludeFromDescription();

    private static IResult Serve(HttpContext http)
    {
        http.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (!TakesBrotli(http.Request))
            return Results.Bytes(ThemeStylesheet.Content, "text/css; charset=utf-8");
        http.Response.Headers.ContentEncoding = "br";
        return Results.Bytes(ThemeStylesheet.Compressed, "text/css; charset=utf-8");
    }

    private static bool TakesBrotli(HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var encodings)
        && encodings.Any(encoding => encoding.Value.Equals("br", StringComparison.OrdinalIgnoreCase) && encoding.Quality is not 0);
}

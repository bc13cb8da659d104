using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Net.Http.Headers;

namespace FinConsole.Web.Hosting.Security;

/// <summary>
/// Refuses forms that cannot be read, before antiforgery or a page reads them: the framework expects some failures of reading there, and
/// lets the others become faults of the program.
/// </summary>
internal static class ReadableForms
{
    private const string Multipart = "multipart/form-data";

    /// <summary>
    /// Answers 415 to a form in another character set, and to a multipart one, each of whose parts may name a character set of its own: no
    /// page has such a form. A browser that closes a page tells <c>/_blazor</c> by one; what the framework cannot read of that, it ignores.
    /// </summary>
    public static IApplicationBuilder UseReadableForms(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (HeadRequests.IsRead(http.Request) || (RequestCharset.IsReadable(http.Request) && (!IsMultipart(http.Request) || IsOfCircuit(http.Request))))
            return next(http);
        http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
        return Task.CompletedTask;
    });

    /// <summary>
    /// Reads the form of a post whose antiforgery token will be looked for in it. One that is malformed, too large or not whole is answered
    /// with 400, 413 or what else the server makes of it; whoever reads it later gets what was read here.
    /// </summary>
    public static IApplicationBuilder UseWholeForms(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (!HeadRequests.IsRead(http.Request) && http.Request.HasFormContentType
            && http.GetEndpoint()?.Metadata.GetMetadata<IAntiforgeryMetadata>() is { RequiresValidation: true } && await FindFaultAsync(http) is { } status)
        {
            http.Response.StatusCode = status;
            return;
        }

        await next(http);
    });

    private static async Task<int?> FindFaultAsync(HttpContext http)
    {
        try
        {
            await http.Request.ReadFormAsync(http.RequestAborted);
            return null;
        }
        catch (BadHttpRequestException refused)
        {
            return refused.StatusCode;
        }
        catch (Exception malformed) when (malformed is InvalidDataException or IOException)
        {
            return StatusCodes.Status400BadRequest;
        }
    }

    private static bool IsOfCircuit(HttpRequest request) => request.Path.StartsWithSegments(ConsoleUrls.Circuits);

    private static bool IsMultipart(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals(Multipart, StringComparison.OrdinalIgnoreCase);
}

using Microsoft.AspNetCore.Components.Endpoints;

namespace FinConsole.Web.Hosting.Security;

/// <summary>
/// The framework refuses what names no form of a page in plain text, with what was sent in it, and what is no form with nothing at all. The
/// console has a page for a bare 400, so a text is dropped. It is looked at when the page is done: which forms there are depends on what the page shows.
/// </summary>
internal static class UnknownForms
{
    private const string PlainText = "text/plain";

    public static IApplicationBuilder UseUnknownForms(this IApplicationBuilder app) => app.Use((http, next) =>
        HttpMethods.IsPost(http.Request.Method) && http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null ? RespondAsync(http, next) : next(http));

    private static async Task RespondAsync(HttpContext http, RequestDelegate next)
    {
        var body = http.Response.Body;
        using var written = new MemoryStream();
        http.Response.Body = written;
        try
        {
            await next(http);
        }
        finally
        {
            http.Response.Body = body;
        }

        var isBare = written.Length == 0 || http.Response.ContentType?.StartsWith(PlainText, StringComparison.OrdinalIgnoreCase) == true;
        if (http.Response.StatusCode == StatusCodes.Status400BadRequest && isBare)
        {
            http.Response.ContentType = null;
            http.Response.ContentLength = null;
            return;
        }

        written.Position = 0;
        await written.CopyToAsync(body, http.RequestAborted);
    }
}

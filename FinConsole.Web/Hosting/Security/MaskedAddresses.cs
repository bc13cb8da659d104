using FinConsole.Core.Common;

namespace FinConsole.Web.Hosting.Security;

/// <summary>
/// Keeps tokens that people paste into a search out of the addresses of pages, and so out of their source, the browser's history and return
/// addresses. Programs are refused elsewhere.
/// </summary>
internal static class MaskedAddresses
{
    /// <summary>Redirects a page whose query holds a token to the same page, with what may be shown of the token.</summary>
    public static IApplicationBuilder UseMaskedAddresses(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        var request = http.Request;
        if (!HeadRequests.IsRead(request) || !SecretText.IsIn(request.QueryString.Value) || !IsOfPage(request.Path.Value ?? ""))
            return next(http);
        var masked = SecretText.Mask(request.QueryString.Value!).Replace("…", "%E2%80%A6", StringComparison.Ordinal);
        http.Response.Redirect(request.PathBase + request.Path + masked);
        return Task.CompletedTask;
    });

    // Two slashes would lead to another host.
    private static bool IsOfPage(string path) =>
        !path.StartsWith("//", StringComparison.Ordinal) && !path.StartsWith("/api", StringComparison.OrdinalIgnoreCase) && !path.StartsWith(ConsoleUrls.Circuits, StringComparison.Ordinal);
}

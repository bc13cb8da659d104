using Microsoft.AspNetCore.Diagnostics;

namespace FinConsole.Web.Hosting.Security;

/// <summary>A feature of requests in whose endpoint's place a page about an error ran. The framework forgets that once the page is written.</summary>
/// <param name="Asked">The endpoint that was asked for; null where there is none.</param>
internal sealed record ReplacedEndpoint(Endpoint? Asked)
{
    public static void NoteOn(HttpContext http)
    {
        // Where the page about an error fails, a second page runs in the place of the first, which nobody asked for.
        if (http.Features.Get<ReplacedEndpoint>() is not null)
            return;
        if (http.Features.Get<IStatusCodeReExecuteFeature>() is { } refused)
            http.Features.Set(new ReplacedEndpoint(refused.Endpoint));
        else if (http.Features.Get<IExceptionHandlerFeature>() is { } failed)
            http.Features.Set(new ReplacedEndpoint(failed.Endpoint));
    }
}

using FinConsole.Web.Hosting.Security;
using Microsoft.AspNetCore.Diagnostics;

namespace FinConsole.Web.Hosting.Authentication;

/// <summary>Tells requests that a person made from those that a page or a browser makes by itself. Only the former are activity of a session.</summary>
public static class PersonRequests
{
    /// <summary>Set by a script for the moment in which it loads a page anew, unasked: after a lost connection. Scripts set no header of a page's load.</summary>
    public const string ReloadCookie = "finconsole-reload";

    // The standard header, and those that older browsers send instead.
    private static readonly string[] AheadOfTime = ["Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"];

    /// <summary>Whether this is a visit of a page, a form or a download.</summary>
    public static bool IsOne(HttpContext http)
    {
        var headers = http.Request.Headers;
        return Pages.AreMeant(http)
            // Fetch Metadata: what a script fetches, and what a browser loads ahead of time. Old browsers send neither header.
            && headers["Sec-Fetch-Mode"].ToString() is "" or "navigate"
            // What a page loads into a frame of its own is no visit.
            && headers["Sec-Fetch-Dest"].ToString() is "" or "document"
            && !IsOfAnotherPageAlone(http)
            // The page that shows a refusal is read as if somebody had asked for it.
            && http.Features.Get<IStatusCodeReExecuteFeature>() is null
            && !AheadOfTime.Any(headers.ContainsKey)
            && !(HttpMethods.IsGet(http.Request.Method) && http.Request.Cookies.ContainsKey(ReloadCookie));
    }

    // Forms of other pages are refused. A link there is followed by a person where the browser says so; a page can load an address as well.
    private static bool IsOfAnotherPageAlone(HttpContext http) =>
        http.RequestServices.GetRequiredService<TrustedOrigins>().SourceOf(http.Request) == RequestSource.OtherPage
        && !(HeadRequests.IsRead(http.Request) && http.Request.Headers["Sec-Fetch-User"] == "?1");
}

using System.Globalization;
using FinConsole.Core.Common;
using FinConsole.Web.Hosting.Authentication;

namespace FinConsole.Web.Account;

/// <summary>Statuses and headers that static pages answer with.</summary>
internal static class StaticAnswers
{
    /// <summary>Goes to another page with GET, as one does after a form was accepted.</summary>
    public static void SeeOther(this HttpContext http, string url)
    {
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = LocalUrls.ToHeader(url);
    }

    /// <summary>Says by status and <c>Retry-After</c> that a limit was reached; other errors are told in the page alone.</summary>
    public static void TellLimit(this HttpContext http, Error error)
    {
        if (error.Kind != ErrorKind.TooManyRequests)
            return;
        http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        if (error.RetryAfter is { } wait)
            http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
    }
}

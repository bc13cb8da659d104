using FinConsole.Core.Members;
using FinConsole.Core.SignIn.Sessions;

namespace FinConsole.Web.Hosting.Authentication;

/// <summary>
/// Ends the session in which somebody was signed in when a sign-in succeeds. This waits until the browser has been sent the new cookie:
/// the open pages of the old session leave for the sign-in page at once, and only with the new cookie are they led back to where they were.
/// </summary>
public static class ReplacedSessions
{
    private static readonly object Key = new();

    /// <summary>Has the request's own session, if there is one, ended once the response has been sent.</summary>
    public static void EndAfterResponse(HttpContext http)
    {
        if (http.User.FindId(ConsoleClaims.Session) is not null)
            http.Items[Key] = CurrentActor.Of(http);
    }

    public static IApplicationBuilder UseReplacedSessions(this IApplicationBuilder app)
    {
        var end = app.ApplicationServices.GetRequiredService<EndReplacedSession>();
        return app.Use(async (http, next) =>
        {
            await next(http);
            if (http.Items[Key] is not Actor replaced)
                return;
            await http.Response.Body.FlushAsync(CancellationToken.None);
            // Whether the browser still listens or not: the new session is there. The response is complete only after this.
            await end.HandleAsync(replaced, CancellationToken.None);
        });
    }
}

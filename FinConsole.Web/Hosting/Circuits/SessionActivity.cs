using FinConsole.Core.SignIn.Sessions;
using FinConsole.Web.Hosting.Security;

namespace FinConsole.Web.Hosting.Circuits;

/// <summary>
/// Takes note that somebody is at an open page. The page's script reports what a person does (presses, types, scrolls), at most once in
/// twenty seconds, and nothing else; see <see href="../../docs/adr/0026-what-counts-as-activity.md">ADR 26</see>.
/// </summary>
public static class SessionActivity
{
    public static void MapSessionActivity(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost(ConsoleUrls.SessionState, NoteAsync).AllowAnonymous();

    // Says nothing of the session: a page hears of its end by other ways, and a press on "Sign out" may arrive after it.
    private static async Task<IResult> NoteAsync(HttpContext http, TrustedOrigins origins, CheckSession sessions)
    {
        if (origins.SourceOf(http.Request) != RequestSource.OwnPage)
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        if (http.User.FindId(ConsoleClaims.Tenant) is { } tenantId && http.User.FindId(ConsoleClaims.Session) is { } sessionId)
            await sessions.TouchAsync(tenantId, sessionId, http.RequestAborted);
        return Results.NoContent();
    }
}

using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn;
using FinConsole.Web.Hosting.Authentication;

namespace FinConsole.Web.Account;

/// <summary>The end of every way of signing in: the cookie, the theme, and the page that was asked for.</summary>
internal static class SignInLanding
{
    public static async Task LandAsync(HttpContext http, SignedIn session, string? returnUrl)
    {
        ReplacedSessions.EndAfterResponse(http);
        await SessionCookie.SignInAsync(http, session);
        ThemeCookie.WriteUnlessChosen(http, session.Theme);
        http.SeeOther(For(session.Role, returnUrl));
    }

    /// <summary>Where somebody of this role goes: back to a page of the console, else to the role's own front door.</summary>
    public static string For(Role role, string? returnUrl) =>
        LocalUrls.Or(role.May(Permission.UseConsole) ? ConsoleUrls.Overview : ConsoleUrls.Profile, returnUrl);
}

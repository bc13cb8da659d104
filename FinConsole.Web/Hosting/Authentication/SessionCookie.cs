using FinConsole.Core.SignIn;
using Microsoft.AspNetCore.Authentication;

namespace FinConsole.Web.Hosting.Authentication;

/// <summary>
/// The cookie of a signed-in browser. It names a session row; the row decides, with every request, whether it still counts. The
/// prefix <c>__Host-</c> makes browsers insist on Secure, the path / and no domain; they treat http://localhost as secure.
/// </summary>
public static class SessionCookie
{
    public const string Scheme = "FinConsole.Session";
    public const string Name = "__Host-finconsole";

    public static AuthenticationBuilder AddSessionCookie(this AuthenticationBuilder builder)
    {
        builder.Services.AddScoped<SessionCookieEvents>();
        return builder.AddCookie(Scheme, options =>
        {
            options.Cookie.Name = Name;
            options.Cookie.Path = "/";
            options.Cookie.HttpOnly = true;
            options.Cookie.SecurePolicy = CookieSecurePolicy.Always;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.LoginPath = ConsoleUrls.Login;
            options.LogoutPath = ConsoleUrls.Logout;
            options.ReturnUrlParameter = "returnUrl";
            // Idleness is the session row's; the cookie ends with the session's absolute life or the browser's.
            options.SlidingExpiration = false;
            options.EventsType = typeof(SessionCookieEvents);
        });
    }

    /// <summary>Writes the cookie for a new session.</summary>
    public static Task SignInAsync(HttpContext http, SignedIn session) => http.SignInAsync(
        Scheme, ConsoleClaims.ForCookie(session), new AuthenticationProperties { IsPersistent = false, ExpiresUtc = session.ExpiresAt });
}

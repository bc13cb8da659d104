using FinConsole.Core.Common;
using FinConsole.Core.SignIn.SecondFactor;

namespace FinConsole.Web.Hosting.Authentication;

/// <summary>
/// Ties the two steps of a sign-in together: the password page leaves it, the second factor's pages read it. It opens nothing by
/// itself; the row behind it works once, for five minutes.
/// </summary>
public static class ChallengeCookie
{
    public const string Name = "__Host-finconsole-challenge";

    private static readonly CookieOptions Options = new()
    {
        Path = "/",
        HttpOnly = true,
        Secure = true,
        SameSite = SameSiteMode.Lax,
        IsEssential = true,
    };

    public static void Write(HttpContext http, Secret challenge) =>
        http.Response.Cookies.Append(Name, challenge.Reveal(), new CookieOptions(Options) { MaxAge = SignInChallenges.Life });

    /// <summary>Empty where there is none.</summary>
    public static Secret Read(HttpContext http) => new(http.Request.Cookies[Name] ?? "");

    public static void Delete(HttpContext http) => http.Response.Cookies.Delete(Name, Options);
}

using FinConsole.Core.SignIn.Passwords;

namespace FinConsole.Web.Hosting.Authentication;

/// <summary>
/// The address for which this browser asked for a reset link. The page that the link opens gives it to password managers,
/// in this browser alone: to others who hold the link, it names no account.
/// </summary>
public static class ResetAddressCookie
{
    public const string Name = "__Host-finconsole-reset";

    private const int Longest = 256;

    private static readonly CookieOptions Options = new()
    {
        Path = "/",
        HttpOnly = true,
        Secure = true,
        SameSite = SameSiteMode.Lax,
        IsEssential = true,
    };

    public static void Write(HttpContext http, string address)
    {
        if (address.Length is > 0 and <= Longest)
            http.Response.Cookies.Append(Name, address, new CookieOptions(Options) { MaxAge = RequestPasswordReset.LinkLife });
    }

    /// <summary>Null where there is none.</summary>
    public static string? Read(HttpContext http) => http.Request.Cookies[Name];

    public static void Delete(HttpContext http) => http.Response.Cookies.Delete(Name, Options);
}

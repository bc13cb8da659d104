using FinConsole.Core.Members;

namespace FinConsole.Web.Account;

/// <summary>Which theme this browser shows, readable by the page's script so that the first paint is right: light, dark or system.</summary>
internal static class ThemeCookie
{
    private const string Name = "finconsole-theme";
    private static readonly TimeSpan Life = TimeSpan.FromDays(365);

    /// <summary>Takes over the account's preference where the browser has none of its own.</summary>
    public static void WriteUnlessChosen(HttpContext http, ThemeChoice theme)
    {
        if (!http.Request.Cookies.ContainsKey(Name))
            http.Response.Cookies.Append(Name, Value(theme), new CookieOptions { Path = "/", Secure = true, SameSite = SameSiteMode.Lax, MaxAge = Life, IsEssential = true });
    }

    /// <summary>The theme as the cookie and the page's script call it.</summary>
    public static string Value(ThemeChoice theme) => theme switch
    {
        ThemeChoice.System => "system",
        ThemeChoice.Light => "light",
        ThemeChoice.Dark => "dark",
    };
}

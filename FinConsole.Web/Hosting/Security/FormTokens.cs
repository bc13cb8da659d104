namespace FinConsole.Web.Hosting.Security;

/// <summary>
/// Antiforgery tokens, on every form. The cookie is Lax like the session's: a Strict one stays behind when a link on another site leads
/// here, and the answer would replace it, which spoils the forms that are open in other tabs.
/// </summary>
public static class FormTokens
{
    public const string CookieName = "__Host-finconsole-af";

    public static IServiceCollection AddFormTokens(this IServiceCollection services) => services.AddAntiforgery(options =>
    {
        options.Cookie = new AlwaysSecureCookie { Name = CookieName, Path = "/", HttpOnly = true, SameSite = SameSiteMode.Lax, IsEssential = true };
        // frame-ancestors says it, and says it stricter.
        options.SuppressXFrameOptionsHeader = true;
    });

    /// <summary>
    /// Secure whatever the request came by. The framework's own setting for that makes antiforgery throw on plain HTTP, which
    /// http://localhost is, although browsers accept secure cookies there.
    /// </summary>
    private sealed class AlwaysSecureCookie : CookieBuilder
    {
        public AlwaysSecureCookie() => SecurePolicy = CookieSecurePolicy.None;

        public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom)
        {
            var options = base.Build(context, expiresFrom);
            options.Secure = true;
            return options;
        }
    }
}

using FinConsole.Web.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;

namespace FinConsole.Web.Components;

/// <summary>The document around every page. Rendered once a load, on the server, so that theme and language are right from the first paint.</summary>
public sealed partial class App(TimeProvider time)
{
    private const string ThemeCookie = "finconsole-theme";
    private const string ZoneCookie = "finconsole-tz";

    [CascadingParameter]
    public HttpContext Http { get; set; } = default!;

    private string Theme => Http.Request.Cookies[ThemeCookie] is "light" or "dark" ? Http.Request.Cookies[ThemeCookie]! : "system";

    // As the browser reported it on an earlier page; anybody can set a cookie, so it is looked up, never trusted.
    private string? BrowserZone => Http.Request.Cookies[ZoneCookie];

    // Null for strangers. It becomes a parameter of the circuit's root component, which the framework encrypts and signs.
    private Guid? Session => Http.User.FindId(ConsoleClaims.Session);

    // Whose drafts the browser may show.
    private string? Member => Http.User.FindId(ConsoleClaims.Member)?.ToString("N");

    private IComponentRenderMode? PageMode => Http.AcceptsInteractiveRouting() ? RenderMode.InteractiveServer : null;
}

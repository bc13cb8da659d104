using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn.Sessions;
using FinConsole.Web.Hosting.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Diagnostics;

namespace FinConsole.Web.Hosting.Authentication;

/// <summary>Asks the database about the cookie's session with each request, and answers those without one.</summary>
public sealed class SessionCookieEvents(CheckSession sessions) : CookieAuthenticationEvents
{
    private static readonly object Ended = new();

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        if (StaticAssets.IsOne(http) || http.Features.Get<IExceptionHandlerFeature>() is not null)
        {
            // Style sheets and scripts are everybody's: no query for each of them. Nor for the error page: the database may be the error.
            context.RejectPrincipal();
            return;
        }

        if (context.Principal?.FindId(ConsoleClaims.Tenant) is { } tenantId && context.Principal.FindId(ConsoleClaims.Session) is { } sessionId
            && await sessions.FindAsync(tenantId, sessionId, http.RequestAborted, PersonRequests.IsOne(http)) is { } session)
        {
            context.ReplacePrincipal(ConsoleClaims.ForRequest(session, RequestOrigins.Of(http)));
            return;
        }

        // The cookie is not deleted: this response may arrive after that of a sign-in in another tab, and would delete its cookie.
        context.RejectPrincipal();
        http.Items[Ended] = true;
    }

    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        var http = context.HttpContext;
        if (!Pages.AreMeant(http))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        }

        // A relative address: the framework's own would repeat the Host header, which anybody can set.
        var asked = HeadRequests.IsRead(http.Request) ? http.Request.Path + http.Request.QueryString : ConsoleUrls.Overview;
        context.Response.Redirect(ConsoleUrls.LoginFor(asked, ended: http.Items.ContainsKey(Ended)));
        return Task.CompletedTask;
    }

    // The page that signs in says where to go on. The framework would write the address as it was asked for, which a header may not take.
    public override Task RedirectToReturnUrl(RedirectContext<CookieAuthenticationOptions> context) => Task.CompletedTask;

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (context.HttpContext.User.IsMfaDue() && Pages.AreMeant(context.HttpContext))
        {
            context.Response.Redirect(ConsoleUrls.Mfa);
            return Task.CompletedTask;
        }

        // A cashier has nothing but the own account; the console's front door leads there.
        var ownAccountAlone = context.HttpContext.User.FindRole() is { } role && !role.May(Permission.UseConsole);
        if (ownAccountAlone && context.Request.Path == ConsoleUrls.Overview)
            context.Response.Redirect(ConsoleUrls.Profile);
        else
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}

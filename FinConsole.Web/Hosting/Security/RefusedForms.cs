using Microsoft.AspNetCore.Antiforgery;

namespace FinConsole.Web.Hosting.Security;

/// <summary>
/// Decides about form posts. What the browser says came from elsewhere ends with a bare 400, for which the console has a page, whatever token it has.
/// Without a valid token, most often the form was open since before somebody signed in or out in another tab,
/// to which its token is bound. What the browser says came from a page of this console is accepted all the same. Where it says nothing, the form is shown again, with a fresh token.
/// </summary>
public static class RefusedForms
{
    public static IApplicationBuilder UseRefusedForms(this IApplicationBuilder app)
    {
        var origins = app.ApplicationServices.GetRequiredService<TrustedOrigins>();
        return app.Use((http, next) =>
            http.Features.Get<IAntiforgeryValidationFeature>() is not { } verdict || HeadRequests.IsRead(http.Request)
                ? next(http)
                : DecideAsync(http, verdict.IsValid, origins.SourceOf(http.Request), next));
    }

    private static async Task DecideAsync(HttpContext http, bool hasValidToken, RequestSource source, RequestDelegate next)
    {
        if (hasValidToken && source != RequestSource.OtherPage)
        {
            await next(http);
            return;
        }

        if (source == RequestSource.OtherPage || FormOf(http) is not { } form)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        if (source == RequestSource.OwnPage)
            http.Features.Set<IAntiforgeryValidationFeature>(new ProvenByOrigin());
        else
            StaleForm.ShowAgain(http, form);
        await next(http);
    }

    private static IFormCollection? FormOf(HttpContext http)
    {
        // While the verdict stands, the form cannot be asked for.
        http.Features.Set<IAntiforgeryValidationFeature>(null);
        return http.Request.HasFormContentType ? http.Request.Form : null;
    }

    private sealed class ProvenByOrigin : IAntiforgeryValidationFeature
    {
        public bool IsValid => true;

        public Exception? Error => null;
    }
}

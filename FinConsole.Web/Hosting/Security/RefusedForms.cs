using Microsoft.AspNetCore.Antiforgery;

namespace FinConsole.Web.Hosting.Security;

/// <summary>Ends a form post without a valid token with a bare 400, for which the console has a page: most often the form was open since before signing in or out.</summary>
public static class RefusedForms
{
    public static IApplicationBuilder UseRefusedForms(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (http.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false } || HttpMethods.IsGet(http.Request.Method))
            return next(http);
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    });
}

using Microsoft.AspNetCore.Diagnostics;

namespace FinConsole.Web.Hosting.Security;

/// <summary>Answers faults and missing pages with pages of the console. Programs get their answers elsewhere.</summary>
public static class ErrorPages
{
    public static IApplicationBuilder UseErrorPages(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(ConsoleUrls.Error, createScopeForErrors: true);
        return app.UseWhen(Pages.AreMeant, pages => pages
            .UseStatusCodePagesWithReExecute(ConsoleUrls.NotFound, createScopeForStatusCodePages: true)
            .Use((http, next) =>
            {
                // A refused form post shows the page; it is not posted to it.
                if (http.Features.Get<IStatusCodeReExecuteFeature>() is not null)
                    http.Request.Method = HttpMethods.Get;
                return next(http);
            }));
    }
}

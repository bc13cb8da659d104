using FinConsole.Core.AuditLog.Chain;
using Microsoft.AspNetCore.Diagnostics;

namespace FinConsole.Web.Hosting.Security;

/// <summary>Answers faults and missing pages with pages of the console. Programs get their answers elsewhere.</summary>
public static class ErrorPages
{
    public static IApplicationBuilder UseErrorPages(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = ConsoleUrls.Error,
            CreateScopeForErrors = true,
            StatusCodeSelector = failure => Failures.IsDatabase(failure) || AuditChainBrokenException.IsCauseOf(failure) ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError,
        });
        app.UseStatusCodePagesWithReExecute(ConsoleUrls.NotFound, createScopeForStatusCodePages: true);
        return app.Use((http, next) =>
        {
            ReplacedEndpoint.NoteOn(http);
            if (http.Features.Get<IStatusCodeReExecuteFeature>() is not null || http.Features.Get<IExceptionHandlerFeature>() is not null)
                http.Request.Method = HttpMethods.Get; // A post that was refused or failed shows the page; it is not posted to it.
            else if (!Pages.AreMeant(http) && http.Features.Get<IStatusCodePagesFeature>() is { } pages)
                pages.Enabled = false;
            return next(http);
        });
    }
}

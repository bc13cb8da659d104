using Microsoft.AspNetCore.Http.Features;

namespace FinConsole.Web.Hosting.Api;

/// <summary>
/// The API's own end of the pipeline: everything under its paths is answered here, as JSON, and nothing of it passes through cookies,
/// antiforgery or error pages. What declares no access is not there: deny is the default by construction.
/// </summary>
internal static partial class ApiBranch
{
    /// <summary>Of a body, in bytes: a thousand items of a usage report take a third of it.</summary>
    private const int LargestBody = 1024 * 1024;

    public static IApplicationBuilder UseApi(this IApplicationBuilder app)
    {
        var gate = app.ApplicationServices.GetRequiredService<ApiGate>();
        var logger = app.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ApiBranch));
        var usage = app.ApplicationServices.GetRequiredService<ApiUsage>();
        return app.Use(next => http => ApiPaths.Holds(http.Request.Path) ? AnswerAsync(http, gate, usage, logger) : next(http));
    }

    private static async Task AnswerAsync(HttpContext http, ApiGate gate, ApiUsage usage, ILogger logger)
    {
        try
        {
            await RunAsync(http, gate);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer any more.
        }
        catch (Exception failure) when (!http.Response.HasStarted)
        {
            var problem = ApiProblems.Of(failure);
            if (problem.Status >= StatusCodes.Status500InternalServerError)
                LogFault(logger, failure, http.Request.Method, http.GetEndpoint()?.DisplayName);
            http.Response.Clear();
            await ApiProblems.WriteAsync(http, problem);
        }

        usage.Count(http);
    }

    private static async Task RunAsync(HttpContext http, ApiGate gate)
    {
        var endpoint = http.GetEndpoint();
        if (endpoint?.RequestDelegate is not { } handler)
        {
            await ApiProblems.WriteAsync(http, ApiProblem.NoSuchRoute);
            return;
        }

        // Routing's own endpoints for a wrong method or content type declare nothing; they set their status and say no more.
        if (endpoint.Metadata.GetMetadata<ApiAccess>() is { } access && await RefuseAsync(http, gate, endpoint, access) is { } refusal)
        {
            await ApiProblems.WriteAsync(http, refusal);
            return;
        }

        await handler(http);
        var response = http.Response;
        if (response is { HasStarted: false, StatusCode: >= StatusCodes.Status400BadRequest, ContentLength: null or 0 } && response.ContentType is null)
            await ApiProblems.WriteAsync(http, ApiProblem.Of(response.StatusCode));
    }

    private static async ValueTask<ApiProblem?> RefuseAsync(HttpContext http, ApiGate gate, Endpoint endpoint, ApiAccess access)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = LargestBody;
        if (!access.TakesAnybody)
        {
            var (caller, refusal) = await gate.AdmitAsync(http, access);
            if (refusal is not null)
                return refusal;
            http.Features.Set(caller);
        }

        if (!ApiMedia.IsAcceptable(http.Request, endpoint))
            return ApiProblem.NotAcceptable;
        return endpoint.Metadata.GetMetadata<TakesOnceKey>() is null ? null : await ApiOnce.NoteAsync(http);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Endpoint} failed")]
    private static partial void LogFault(ILogger logger, Exception failure, string method, string? endpoint);
}

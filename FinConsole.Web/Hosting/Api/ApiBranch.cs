using FinConsole.Web.Hosting.Security;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace FinConsole.Web.Hosting.Api;

/// <summary>
/// The API's own end of the pipeline: everything under its paths is answered here, as JSON, and nothing of it passes through cookies,
/// antiforgery or error pages. What declares no access is not there: deny is the default by construction.
/// </summary>
internal sealed partial class ApiBranch(ApiGate gate, ApiMethods methods, ApiInput input, ApiUsage usage, ILogger<ApiBranch> logger)
{
    public async Task RespondAsync(HttpContext http)
    {
        try
        {
            await RunAsync(http);
        }
        catch (Exception gone) when (gone is ConnectionResetException || (gone is OperationCanceledException && http.RequestAborted.IsCancellationRequested))
        {
            // Nobody waits for the answer any more.
        }
        catch (Exception failure) when (!http.Response.HasStarted)
        {
            var problem = ApiProblems.Of(failure);
            if (problem.Status >= StatusCodes.Status500InternalServerError)
                LogFault(failure, http.Request.Method, http.GetEndpoint()?.DisplayName);
            // The caller's limits and the request's id stay; what the handler said of its own answer goes.
            http.Response.ContentLength = null;
            http.Response.Headers.Location = default;
            await ApiProblems.WriteAsync(http, problem);
        }

        usage.Count(http);
    }

    private async Task RunAsync(HttpContext http)
    {
        var endpoint = http.GetEndpoint();
        var access = endpoint?.Metadata.GetMetadata<ApiAccess>();
        if (endpoint?.RequestDelegate is not { } handler || (access is null && endpoint is RouteEndpoint))
        {
            // A route of somebody else's, which takes every path, is none of the API's.
            await ApiProblems.WriteAsync(http, await gate.CountAsync(http) ?? (methods.TryAllow(http) ? ApiProblem.WrongMethod : ApiProblem.NoSuchRoute));
            return;
        }

        // Routing's own endpoints for a wrong method or content type declare nothing; they set their status and say no more. Where the
        // route of the console's files brought one about, the API has no such path.
        if (access is null && !methods.Has(http.Request.Path))
        {
            await ApiProblems.WriteAsync(http, await gate.CountAsync(http) ?? ApiProblem.NoSuchRoute);
            return;
        }

        if (await (access is null ? RefuseByRoutingAsync(http) : RefuseAsync(http, endpoint, access)) is { } refusal)
        {
            await ApiProblems.WriteAsync(http, refusal);
            return;
        }

        using (ScopeOf(http))
            await handler(http);
        var response = http.Response;
        // Routing also names what the route of the console's files takes under every path.
        if (access is null && response is { HasStarted: false, StatusCode: StatusCodes.Status405MethodNotAllowed })
            methods.TryAllow(http);
        if (response is { HasStarted: false, StatusCode: >= StatusCodes.Status400BadRequest, ContentLength: null or 0 } && response.ContentType is null)
            await ApiProblems.WriteAsync(http, ApiProblem.Of(response.StatusCode));
    }

    private IDisposable? ScopeOf(HttpContext http) =>
        http.Features.Get<ApiCaller>() is not { } caller ? null
        : caller.Token is { } token ? logger.BeginScope(LogScopes.OfToken(token.TenantId, token.Id))
        : logger.BeginScope(LogScopes.OfMember(caller.TenantId, null));

    private async ValueTask<ApiProblem?> RefuseAsync(HttpContext http, Endpoint endpoint, ApiAccess access)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = ApiInput.LargestBody;
        if (!access.TakesAnybody)
        {
            var (caller, refusal) = await gate.AdmitAsync(http, access);
            if (refusal is not null)
                return refusal;
            http.Features.Set(caller);
        }

        if (endpoint.Metadata.GetMetadata<NeverNegotiates>() is null && !ApiMedia.IsAcceptable(http.Request, endpoint))
            return ApiProblem.NotAcceptable;
        if (endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is not null && !RequestCharset.IsReadable(http.Request))
            return ApiProblem.WrongType;
        RequestCharset.Unquote(http.Request);
        return await input.FindFaultAsync(http, endpoint, access);
    }

    // A content type that no route reads, or a method that none takes. Who asks comes first here too, as everywhere: a caller is counted, and
    // one who may not is not told what a body would have to be.
    private async ValueTask<ApiProblem?> RefuseByRoutingAsync(HttpContext http)
    {
        if (methods.FindAccess(http.Request) is not { } access)
            return await gate.CountAsync(http);
        return access.TakesAnybody ? null : (await gate.AdmitAsync(http, access)).Refusal;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Endpoint} failed")]
    private partial void LogFault(Exception failure, string method, string? endpoint);
}

internal static class ApiPipeline
{
    public static IApplicationBuilder UseApi(this IApplicationBuilder app)
    {
        var branch = app.ApplicationServices.GetRequiredService<ApiBranch>();
        return app.Use(next => http => ApiPaths.Holds(http.Request.Path) ? branch.RespondAsync(http) : next(http));
    }
}

using System.Collections.Concurrent;
using FinConsole.Core.Audit.Checkpoints;
using FinConsole.Core.Mfa;
using FinConsole.Web.Hosting.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace FinConsole.Tests.Fixtures;

/// <summary>
/// Stands before the whole program in every test host and looks at each refusal of an API route: one that the route does not declare
/// (<c>Refuses</c> beside the route) is turned into 599, so that the test which provoked it fails and says what is missing.
/// </summary>
public sealed class RefusalWatch : IStartupFilter
{
    public const int Undeclared = 599;

    // Refused for what the account or the installation is, and for nothing that the request says.
    internal static readonly string[] States =
        [MfaErrors.NotOn.Code, MfaErrors.Required.Code, MfaErrors.NothingBegun.Code, CheckpointErrors.KeyMissing.Code, CheckpointErrors.KeyAltered.Code];

    private readonly ConcurrentDictionary<(string Route, int Status, string Code), bool> _seen = new();

    /// <summary>What was refused so far: "POST /api/v1/tokens", 409, "name_taken".</summary>
    public IReadOnlyCollection<(string Route, int Status, string Code)> Seen => [.. _seen.Keys];

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((http, rest) =>
        {
            http.Response.OnStarting(() =>
            {
                Look(http);
                return Task.CompletedTask;
            });
            return rest(http);
        });
        next(app);
    };

    /// <summary>What the route does not declare; null when it declares the response, or is none of the API's.</summary>
    internal static string? FindFault(EndpointMetadataCollection route, int status, ApiProblem? sent)
    {
        if (status < StatusCodes.Status400BadRequest || route.GetMetadata<ApiAccess>() is null || route.GetMetadata<IEndpointNameMetadata>() is null)
            return null;
        return sent is null || sent.Status != status
            ? route.GetOrderedMetadata<IProducesResponseTypeMetadata>().Any(response => response.StatusCode == status) ? null : $"{status} without a code"
            : sent is { Status: 400 or 422, Errors: not { Count: > 0 } } && !States.Contains(sent.Code) ? $"{sent.Status} {sent.Code} names no field"
            : route.GetOrderedMetadata<DeclaredRefusal>().Any(declared => declared.Covers(sent)) ? null : $"{sent.Status} {sent.Code}: {sent.Title}";
    }

    private void Look(HttpContext http)
    {
        if (http.GetEndpoint() is not RouteEndpoint route || route.Metadata.GetMetadata<ApiAccess>() is null)
            return;
        var (status, sent) = (http.Response.StatusCode, http.Features.Get<ApiProblem>());
        if (status >= StatusCodes.Status400BadRequest)
            _seen[($"{http.Request.Method} /{route.RoutePattern.RawText?.TrimStart('/').Replace(":guid", "", StringComparison.Ordinal)}", status, sent?.Code ?? "")] = true;
        if (FindFault(route.Metadata, status, sent) is { } fault)
        {
            http.Response.StatusCode = Undeclared;
            http.Response.Headers["X-Undeclared"] = fault.Replace('…', '.');
        }
    }
}

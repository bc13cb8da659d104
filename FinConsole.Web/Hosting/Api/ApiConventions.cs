using System.Net.Mime;
using Microsoft.AspNetCore.Http.Metadata;

namespace FinConsole.Web.Hosting.Api;

/// <summary>How a route says what it is: who may call it, what it answers, and how it refuses. The OpenAPI document is made from this.</summary>
internal static class ApiConventions
{
    private const int Bad = StatusCodes.Status400BadRequest;

    // What every route may answer, what those answer that ask who calls, and those that read a body.
    private static readonly int[] Always = [StatusCodes.Status406NotAcceptable, StatusCodes.Status500InternalServerError, StatusCodes.Status503ServiceUnavailable];
    private static readonly int[] Guarded = [Bad, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status429TooManyRequests];
    private static readonly int[] Reading = [Bad, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType];

    public static RouteHandlerBuilder Allow(this RouteHandlerBuilder route, ApiAccess access)
    {
        route.WithMetadata(access);
        route.Finally(endpoint =>
        {
            if (endpoint.Metadata.OfType<NeverNegotiates>().Any())
                return;
            IEnumerable<int> statuses = access.TakesAnybody ? Always : [.. Always, .. Guarded];
            if (endpoint.Metadata.OfType<IAcceptsMetadata>().Any())
                statuses = statuses.Concat(Reading);
            var known = endpoint.Metadata.OfType<IProducesResponseTypeMetadata>().Select(answer => answer.StatusCode).ToHashSet();
            foreach (var status in statuses.Where(known.Add))
                endpoint.Metadata.Add(new ProducesResponseTypeMetadata(status, typeof(ApiProblemBody), [MediaTypeNames.Application.ProblemJson]));
        });
        return route;
    }

    /// <summary>A name for the operation, and what it does in whole sentences.</summary>
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder route, string name, string summary, string description) =>
        route.WithName(name).WithSummary(summary).WithDescription(description);

    /// <summary>Its answer when all is well.</summary>
    public static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder route, int status = StatusCodes.Status200OK, string contentType = MediaTypeNames.Application.Json) =>
        route.Produces<T>(status, contentType);

    /// <summary>The same as another content type, for who asks for that; the document can describe one shape a status.</summary>
    public static RouteHandlerBuilder AlsoAs(this RouteHandlerBuilder route, string contentType) => route.WithMetadata(new AlsoAs(contentType));

    /// <summary>204 when all is well.</summary>
    public static RouteHandlerBuilder AnswersNothing(this RouteHandlerBuilder route) => route.Produces(StatusCodes.Status204NoContent);

    /// <summary>Refusals of its own, beside those that its access and its body bring with them.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, params int[] statuses)
    {
        foreach (var status in statuses)
            route.Produces<ApiProblemBody>(status, MediaTypeNames.Application.ProblemJson);
        return route;
    }

    /// <summary>Takes an <c>Idempotency-Key</c>: the same key and body has one effect.</summary>
    public static RouteHandlerBuilder Once(this RouteHandlerBuilder route) => route.WithMetadata(new TakesOnceKey()).Refuses(StatusCodes.Status409Conflict);
}

/// <summary>A further content type of a route's good answer.</summary>
internal sealed record AlsoAs(string ContentType);

using System.Net.Mime;
using FinConsole.Core.Common;
using Microsoft.AspNetCore.Http.Metadata;

namespace FinConsole.Web.Hosting.Api;

/// <summary>How a route says what it is: who may call it, what it answers, and how it refuses. The OpenAPI document is made from this.</summary>
internal static class ApiConventions
{
    public static RouteHandlerBuilder Allow(this RouteHandlerBuilder route, ApiAccess access)
    {
        route.WithMetadata(access);
        route.Finally(endpoint =>
        {
            if (endpoint.Metadata.OfType<NeverNegotiates>().Any())
                return;
            if (access.TakesAnybody)
                HeadRequests.AddTo(endpoint);
            var stated = endpoint.Metadata.OfType<IProducesResponseTypeMetadata>().Select(response => response.StatusCode).ToHashSet();
            // A status that the route describes itself (health's 503) is no problem details there.
            var refusals = Declared(endpoint, access).DistinctBy(problem => (problem.Status, problem.Code, problem.Title)).Where(problem => !stated.Contains(problem.Status)).ToList();
            foreach (var own in endpoint.Metadata.OfType<DeclaredRefusal>().ToList())
                endpoint.Metadata.Remove(own);
            foreach (var refusal in refusals)
                endpoint.Metadata.Add(new DeclaredRefusal(refusal));
            foreach (var status in refusals.Select(refusal => refusal.Status).Distinct())
                endpoint.Metadata.Add(new ProducesResponseTypeMetadata(status, typeof(ApiProblemBody), [MediaTypeNames.Application.ProblemJson]));
        });
        return route;
    }

    /// <summary>A name for the operation, and what it does in whole sentences.</summary>
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder route, string name, string summary, string description) =>
        route.WithName(name).WithSummary(summary).WithDescription(description);

    /// <summary>Its answer when all is well.</summary>
    public static RouteHandlerBuilder Responds<T>(this RouteHandlerBuilder route, int status = StatusCodes.Status200OK, string contentType = MediaTypeNames.Application.Json) =>
        route.Produces<T>(status, contentType);

    /// <summary>The same as another content type, for who asks for that; the document can describe one shape a status.</summary>
    public static RouteHandlerBuilder AlsoAs(this RouteHandlerBuilder route, string contentType) => route.WithMetadata(new AlsoAs(contentType));

    /// <summary>204 when all is well.</summary>
    public static RouteHandlerBuilder RespondsWithNothing(this RouteHandlerBuilder route) => route.Produces(StatusCodes.Status204NoContent);

    /// <summary>
    /// Errors of its own, beside those that its access and its body bring with them: each is described with its text and status. A text that
    /// differs from response to response is declared with an ellipsis.
    /// </summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, params IEnumerable<Error> errors) => route.Refuses(errors.Select(ApiProblems.Of));

    /// <inheritdoc cref="Refuses(RouteHandlerBuilder, IEnumerable{Error})"/>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, params IEnumerable<ApiProblem> problems) =>
        route.WithMetadata([.. problems.Select(problem => new DeclaredRefusal(problem))]);

    /// <summary>
    /// Errors that its access or its body bring with them, and that this route cannot answer with: one that asks no database meets none that
    /// is unavailable.
    /// </summary>
    public static RouteHandlerBuilder NeverRefuses(this RouteHandlerBuilder route, params IEnumerable<ApiProblem> problems) =>
        route.WithMetadata([.. problems.Select(problem => new ImpossibleRefusal(problem.Code))]);

    /// <summary>Is called by OAuth libraries: takes this form, and refuses as they expect.</summary>
    public static RouteHandlerBuilder ForOAuthClients<TForm>(this RouteHandlerBuilder route)
        where TForm : notnull => route.Accepts<TForm>(ClientAuthentication.FormType).WithMetadata(new OAuthErrors());

    /// <summary>Takes an <c>Idempotency-Key</c>: the same key and request has one effect.</summary>
    public static RouteHandlerBuilder Idempotent(this RouteHandlerBuilder route) =>
        route.WithMetadata(new AcceptsIdempotencyKey()).Refuses(RefusalSets.Idempotency).AddEndpointFilter(ApiIdempotency.FingerprintAsync);

    private static IEnumerable<ApiProblem> Declared(EndpointBuilder endpoint, ApiAccess access)
    {
        IEnumerable<ApiProblem> refusals = [.. endpoint.Metadata.OfType<DeclaredRefusal>().Select(each => each.Problem), .. RefusalSets.Of(access), .. RefusalSets.Always];
        if (endpoint is RouteEndpointBuilder { RoutePattern.Parameters.Count: > 0 })
            refusals = refusals.Append(ApiProblem.NoSuchRoute);
        if (endpoint.Metadata.OfType<IAcceptsMetadata>().FirstOrDefault() is { } body)
            refusals = refusals.Concat(body.ContentTypes.Contains(ClientAuthentication.FormType) ? RefusalSets.Form : RefusalSets.Body);
        var impossible = endpoint.Metadata.OfType<ImpossibleRefusal>().Select(each => each.Code).ToHashSet();
        return refusals.Where(refusal => !impossible.Contains(refusal.Code));
    }
}

/// <summary>The code of a refusal that a route of its kind declares, and that it cannot answer with itself.</summary>
internal sealed record ImpossibleRefusal(string Code);

/// <summary>A further content type of a route's good answer.</summary>
internal sealed record AlsoAs(string ContentType);

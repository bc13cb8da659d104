using FinConsole.Core.Data;
using FinConsole.Web.Hosting.Api;

namespace FinConsole.Web.Hosting.Operations;

/// <summary>Says to load balancers and service managers whether this instance should get requests. Healthy or not, and no detail: anybody may ask.</summary>
internal static class HealthApi
{
    private const string Healthy = "healthy";
    private const string Unhealthy = "unhealthy";
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods(ApiPaths.Health + "/live", Methods, () => Answer(true)).Allow(ApiAccess.Anonymous).Responds<string>(contentType: "text/plain")
            .NeverRefuses(ApiProblem.Unavailable, ApiProblem.AuditChainBroken)
            .Describe("isAlive", "Is this instance alive", "Answers as long as the process serves requests at all. It asks nothing else, so a database that is away restarts nothing.");
        endpoints.MapMethods(ApiPaths.Health + "/ready", Methods, ReadyAsync).Allow(ApiAccess.Anonymous).Responds<string>(contentType: "text/plain")
            .Responds<string>(StatusCodes.Status503ServiceUnavailable, "text/plain")
            .Describe("isReady", "Is this instance ready", "Answers 200 when the database answers and has this program's schema, and 503 otherwise. The answer is kept for a second.");
        endpoints.MapMethods(ApiPaths.Health, Methods, ReadyAsync).Allow(ApiAccess.Anonymous).Responds<string>(contentType: "text/plain")
            .Responds<string>(StatusCodes.Status503ServiceUnavailable, "text/plain")
            .Describe("isHealthy", "Is this instance healthy", "The same as ready, under the shorter name.");
    }

    private static async Task<IResult> ReadyAsync(DatabaseReadiness database) => Answer(await database.IsReadyAsync());

    private static IResult Answer(bool healthy) =>
        Results.Text(healthy ? Healthy : Unhealthy, statusCode: healthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
}

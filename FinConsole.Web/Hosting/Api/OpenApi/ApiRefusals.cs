using System.Net.Mime;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace FinConsole.Web.Hosting.Api.OpenApi;

/// <summary>Describes a response by the refusals that its route declares: each code with its text, and an example body for each code.</summary>
internal static class ApiRefusals
{
    private const string TraceId = "0199c0de00007000";

    /// <param name="response">Of one status.</param>
    /// <param name="refusals">All that the route declares of that status; one at least.</param>
    public static void Describe(OpenApiResponse response, IReadOnlyList<ApiProblem> refusals)
    {
        response.Description = string.Join('\n', refusals.Select(problem => $"- `{problem.Code}`: {problem.Title}"));
        if (response.Content?.TryGetValue(MediaTypeNames.Application.ProblemJson, out var media) != true || media is not OpenApiMediaType body)
            return;
        // A code that has several texts at one route (a role that may not, a scope that is missing) has an example for each.
        body.Examples = refusals.GroupBy(problem => problem.Code).SelectMany(same => same.Select((problem, index) => (Key: index == 0 ? same.Key : $"{same.Key}_{index + 1}", problem)))
            .ToDictionary(pair => pair.Key, IOpenApiExample (pair) => new OpenApiExample { Summary = pair.problem.Title, Value = BodyOf(pair.problem) });
    }

    /// <summary>The codes and texts of a response that was described here.</summary>
    public static IEnumerable<(string Code, string Text)> Read(IOpenApiResponse response) =>
        from media in response.Content?.Values ?? Enumerable.Empty<OpenApiMediaType>()
        from example in media.Examples?.Values ?? Enumerable.Empty<IOpenApiExample>()
        let body = example.Value as JsonObject
        where body?["code"] is not null
        select ((string)body["code"]!, (string)body["title"]!);

    private static JsonObject BodyOf(ApiProblem problem)
    {
        var body = new JsonObject
        {
            ["type"] = ApiProblems.TypeOf(problem),
            ["title"] = problem.Title,
            ["status"] = problem.Status,
            ["code"] = problem.Code,
            ["traceId"] = TraceId,
        };
        foreach (var (name, value) in problem.Details ?? new Dictionary<string, string>())
            body[name] = value;
        return body;
    }
}

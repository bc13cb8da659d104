using FinConsole.Core.Common;

namespace FinConsole.Web.Hosting.Api;

/// <summary>Turns what use cases answer into what the API answers: the one switch between the two.</summary>
internal static class ApiResponses
{
    public static IResult ToResponse<T>(this Result<T> result, Func<T, IResult> success) => result.Succeeded ? success(result.Value) : Refusal(result.Error);

    /// <summary>204 for a success.</summary>
    public static IResult ToResponse(this Result result) => result.Succeeded ? Results.NoContent() : Refusal(result.Error);

    public static IResult Refusal(Error error) => new ProblemResponse(ApiProblems.Of(error));

    public static IResult Refusal(ApiProblem problem) => new ProblemResponse(problem);

    /// <summary>400 for a field that says something unknown.</summary>
    public static IResult UnknownWord(string field, IEnumerable<string> words) => Refusal(ApiProblem.UnknownValue with
    {
        Errors = new Dictionary<string, string> { [field] = Texts.Format(ApiErrorTexts.UseOneOf, string.Join(", ", words)) },
    });

    private sealed class ProblemResponse(ApiProblem problem) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => ApiProblems.WriteAsync(httpContext, problem);
    }
}

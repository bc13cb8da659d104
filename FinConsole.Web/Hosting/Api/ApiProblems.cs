using System.Data.Common;
using System.Globalization;
using System.Net.Mime;
using System.Text.Json;
using System.Text.RegularExpressions;
using FinConsole.Core.Common;

namespace FinConsole.Web.Hosting.Api;

/// <summary>Writes refusals, and says what a failure is to the client.</summary>
internal static partial class ApiProblems
{
    /// <summary>Writes the problem as the whole answer.</summary>
    public static async Task WriteAsync(HttpContext http, ApiProblem problem)
    {
        var response = http.Response;
        response.StatusCode = problem.Status;
        if (BearerChallenge.Of(http, problem) is { } challenge)
            response.Headers.WWWAuthenticate = challenge;
        if (problem.RetryAfter is { } wait)
            response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        if (HttpMethods.IsHead(http.Request.Method))
            return;

        response.ContentType = MediaTypeNames.Application.ProblemJson;
        await using var json = new Utf8JsonWriter(response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("type", "/docs#error-" + problem.Code);
        json.WriteString("title", problem.Title);
        json.WriteNumber("status", problem.Status);
        json.WriteString("code", problem.Code);
        json.WriteString("traceId", http.TraceIdentifier);
        foreach (var (name, value) in problem.Details ?? new Dictionary<string, string>())
            json.WriteString(name, value);
        if (problem.Errors is { Count: > 0 } errors)
            WriteErrors(json, errors);
        json.WriteEndObject();
    }

    /// <summary>What an expected failure is to the client.</summary>
    public static ApiProblem Of(Error error) => new(StatusOf(error), error.Kind == ErrorKind.Forbidden ? ApiProblem.InsufficientScope : error.Code, error.Message)
    {
        Details = error.SubjectId is { } id ? new Dictionary<string, string> { ["tokenId"] = id.ToString("D") } : null,
        RetryAfter = error.RetryAfter,
        Errors = error.Fields.Count == 0 ? null : error.Fields.ToDictionary(field => FieldNames.Of(field.Key), field => field.Value),
    };

    /// <summary>What an exception is to the client; its own words are for the log alone.</summary>
    public static ApiProblem Of(Exception failure) => failure switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest } bad => OfRequest(bad),
        BadHttpRequestException bad => ApiProblem.Of(bad.StatusCode),
        InvalidDataException => ApiProblem.Malformed,
        _ => IsDatabase(failure) ? ApiProblem.Unavailable : ApiProblem.Fault,
    };

    private static ApiProblem OfRequest(BadHttpRequestException bad)
    {
        if (bad.InnerException is JsonException json)
        {
            var place = json.Path is { Length: > 2 } path ? path[2..] : "";
            var problem = ApiProblem.Malformed with { Code = "malformed_json", Title = "The body is not the JSON that this route documents." };
            return place.Length == 0 ? problem : problem with { Errors = new Dictionary<string, string> { [place] = "This is missing, unknown, or of another type." } };
        }

        var parameter = Parameter().Match(bad.Message);
        return parameter.Success
            ? ApiProblem.Malformed with { Errors = new Dictionary<string, string> { [FieldNames.Of(parameter.Groups[1].Value)] = "This value cannot be read." } }
            : ApiProblem.Malformed;
    }

    private static int StatusOf(Error error) => error.Kind switch
    {
        ErrorKind.Invalid => StatusCodes.Status400BadRequest,
        ErrorKind.Unauthenticated => StatusCodes.Status401Unauthorized,
        ErrorKind.Forbidden => StatusCodes.Status403Forbidden,
        ErrorKind.MoreProofNeeded => StatusCodes.Status403Forbidden,
        ErrorKind.NotFound => StatusCodes.Status404NotFound,
        ErrorKind.Conflict => StatusCodes.Status409Conflict,
        ErrorKind.Refused => StatusCodes.Status422UnprocessableEntity,
        ErrorKind.TooManyRequests => StatusCodes.Status429TooManyRequests,
    };

    // The database is away, full or locked: nothing was done, and trying again later may help.
    private static bool IsDatabase(Exception? failure) => failure is DbException || (failure?.InnerException is { } inner && IsDatabase(inner));

    private static void WriteErrors(Utf8JsonWriter json, IReadOnlyDictionary<string, string> errors)
    {
        json.WriteStartObject("errors");
        foreach (var (field, message) in errors)
        {
            json.WriteStartArray(field);
            json.WriteStringValue(message);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    // "Failed to bind parameter "Nullable<int> limit" from "x"." and "Required parameter "string x" was not provided from query string."
    [GeneratedRegex("""parameter "[^"]* (\w+)" """)]
    private static partial Regex Parameter();
}

using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Common;

namespace FinConsole.Web.Hosting.Api;

/// <summary>Writes refusals, and says what a failure is to the client.</summary>
internal static partial class ApiProblems
{
    /// <summary>Writes the problem as the whole answer.</summary>
    public static async Task WriteAsync(HttpContext http, ApiProblem problem)
    {
        var response = http.Response;
        http.Features.Set(problem);
        response.StatusCode = problem.Status;
        if (BearerChallenge.Of(http, problem) is { } challenge)
            response.Headers.WWWAuthenticate = challenge;
        if (problem.RetryAfter is { } wait)
            response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        response.ContentType = OAuthErrors.MediaTypeFor(http);
        if (HttpMethods.IsHead(http.Request.Method))
            return;

        await using var json = new Utf8JsonWriter(response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("type", TypeOf(problem));
        json.WriteString("title", problem.Title);
        json.WriteNumber("status", problem.Status);
        json.WriteString("code", problem.Code);
        json.WriteString("traceId", http.TraceIdentifier);
        OAuthErrors.Write(json, http, problem);
        foreach (var (name, value) in problem.Details ?? new Dictionary<string, string>())
            json.WriteString(name, value);
        if (problem.Errors is { Count: > 0 } errors)
            WriteErrors(json, errors);
        json.WriteEndObject();
    }

    /// <summary>Leads to the code's place in the reference.</summary>
    public static string TypeOf(ApiProblem problem) => $"{ConsoleUrls.ApiDocs}#error-{problem.Code}";

    /// <summary>What an expected failure is to the client.</summary>
    public static ApiProblem Of(Error error) => new(ErrorStatus.Of(error.Kind), error.Kind == ErrorKind.Forbidden ? ApiProblem.InsufficientScope : error.Code, error.Message)
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
        InvalidDataException => Unreadable,
        IOException broken when IsBrokenBody(broken) => Unreadable,
        _ when AuditChainBrokenException.IsCauseOf(failure) => ApiProblem.AuditChainBroken,
        _ => Failures.IsDatabase(failure) ? ApiProblem.Unavailable : ApiProblem.Fault,
    };

    /// <summary>Whether a body ended or broke before it was whole. At a chunk whose size no number holds, Kestrel throws the second.</summary>
    public static bool IsBrokenBody(IOException failure) =>
        failure is BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest } or { InnerException: OverflowException };

    private static ApiProblem Unreadable => ApiProblem.MalformedAt(ApiBody.Whole, ApiErrorTexts.Unreadable);

    private static ApiProblem OfRequest(BadHttpRequestException bad)
    {
        if (bad.InnerException is JsonException json)
        {
            var place = json.Path is { Length: > 2 } path ? path[2..] : ApiBody.Whole;
            return ApiProblem.MalformedJson with { Errors = new Dictionary<string, string> { [place] = ApiErrorTexts.UnreadableField } };
        }

        var parameter = Parameter().Match(bad.Message);
        return parameter.Success
            ? ApiProblem.MalformedAt(FieldNames.Of(parameter.Groups[1].Value), ApiErrorTexts.UnreadableValue)
            : Unreadable;
    }

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

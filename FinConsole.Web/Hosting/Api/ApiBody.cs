using System.Net.Mime;
using System.Text.Json;
using FinConsole.Core.Common;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace FinConsole.Web.Hosting.Api;

/// <summary>
/// Compares a JSON body with the type that its route binds, before the route runs: a serializer stops at the first error and names it by the
/// object around it, while a client is helped by all of them, each by its JSON path.
/// </summary>
internal sealed class ApiBody(IOptions<JsonOptions> json)
{
    /// <summary>Stands for the body itself where an error is in no field of it.</summary>
    public const string Whole = "$";

    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 64 };

    /// <summary>A refusal that names every field that is missing, unknown or of another type; null for a body that can be bound.</summary>
    public async Task<ApiProblem?> FindFaultAsync(HttpContext http, Endpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is not { RequestType: { } type } accepts || !accepts.ContentTypes.Contains(MediaTypeNames.Application.Json)
            || !(IsJson(http.Request) || IsNothing(http)))
        {
            return null;
        }

        // In memory as a whole: bodies hold passwords, which must not reach a temporary file.
        http.Request.EnableBuffering(ApiInput.LargestBody + 1);
        using var body = new MemoryStream();
        try
        {
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        }
        catch (IOException broken) when (ApiProblems.IsBrokenBody(broken))
        {
            return Malformed(Whole, ApiErrorTexts.Unreadable);
        }

        http.Request.Body.Position = 0;
        if (body.Length == 0)
            return accepts.IsOptional ? null : Malformed(Whole, ApiErrorTexts.SendBody);
        return FindFault(type, body.GetBuffer().AsMemory(0, (int)body.Length), accepts.IsOptional);
    }

    private ApiProblem? FindFault(Type type, ReadOnlyMemory<byte> body, bool optional)
    {
        try
        {
            using var document = JsonDocument.Parse(WithoutMark(body), Reading);
            if (optional && document.RootElement.ValueKind == JsonValueKind.Null)
                return null;
            var faults = new JsonFaults(json.Value.SerializerOptions);
            faults.Check(json.Value.SerializerOptions.GetTypeInfo(type), document.RootElement);
            return faults.Found.Count == 0 ? null : ApiProblem.MalformedJson with { Errors = faults.Found };
        }
        catch (JsonException failure)
        {
            return Malformed(Whole, Texts.Format(ApiErrorTexts.NotJson, failure.LineNumber + 1, failure.BytePositionInLine + 1));
        }
        catch (InvalidOperationException)
        {
            // A string with half a surrogate pair or with bytes that are not UTF-8.
            return Malformed(Whole, ApiErrorTexts.NotUnicode);
        }
    }

    private static ApiProblem Malformed(string path, string message) => ApiProblem.MalformedJson with { Errors = new Dictionary<string, string> { [path] = message } };

    // Another character encoding is the framework's to read, or to refuse.
    private static bool IsJson(HttpRequest request) =>
        request.HasJsonContentType() && MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && (type.Charset.Length == 0 || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private static bool IsNothing(HttpContext http) =>
        string.IsNullOrEmpty(http.Request.ContentType) && http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == false;

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> body) => body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body;
}

using System.Text.Json;
using FinConsole.Tests.Fixtures;

namespace FinConsole.Tests.Hosting.Api;

/// <summary>The OpenAPI document as the program serves it, read as plain JSON.</summary>
public sealed class ApiDescription
{
    private readonly JsonElement _root;

    private ApiDescription(JsonElement root) => _root = root;

    public IReadOnlyList<DescribedOperation> Operations { get; private init; } = [];

    public JsonElement Root => _root;

    public static async Task<ApiDescription> ReadAsync(ApiConsole console)
    {
        var root = JsonDocument.Parse(await console.Api.GetStringAsync("/openapi/v1.json", Stop)).RootElement;
        return new ApiDescription(root)
        {
            Operations = [.. from path in root.GetProperty("paths").EnumerateObject()
                             from operation in path.Value.EnumerateObject()
                             select new DescribedOperation(new HttpMethod(operation.Name.ToUpperInvariant()), path.Name, operation.Value)],
        };
    }

    /// <summary>What is wrong with a value by a schema of the document; nothing when nothing is.</summary>
    public IEnumerable<string> Faults(JsonElement schema, JsonElement value, string place = "$")
    {
        if (schema.TryGetProperty("$ref", out var reference))
            return Faults(Resolve(reference.GetString()!), value, place);
        if (schema.TryGetProperty("oneOf", out var choices))
            return choices.EnumerateArray().Any(choice => !Faults(choice, value, place).Any()) ? [] : [$"{place} is none of the described kinds"];
        if (schema.TryGetProperty("type", out var type) && !Types(type).Contains(KindOf(value)) && !(KindOf(value) == "integer" && Types(type).Contains("number")))
            return [$"{place} is {KindOf(value)}, described as {type.GetRawText()}"];
        if (schema.TryGetProperty("enum", out var words) && value.ValueKind == JsonValueKind.String && !words.EnumerateArray().Any(word => word.GetString() == value.GetString()))
            return [$"{place} is {value.GetRawText()}, described as one of {words.GetRawText()}"];
        return value.ValueKind switch
        {
            JsonValueKind.Object => ObjectFaults(schema, value, place),
            JsonValueKind.Array when schema.TryGetProperty("items", out var items) => value.EnumerateArray().SelectMany((item, index) => Faults(items, item, $"{place}[{index}]")),
            _ => [],
        };
    }

    public JsonElement Resolve(string reference) => reference[2..].Split('/').Aggregate(_root, (element, segment) => element.GetProperty(segment));

    private IEnumerable<string> ObjectFaults(JsonElement schema, JsonElement value, string place)
    {
        var known = schema.TryGetProperty("properties", out var properties);
        if (schema.TryGetProperty("required", out var required))
        {
            foreach (var name in required.EnumerateArray().Select(name => name.GetString()!).Where(name => !value.TryGetProperty(name, out _)))
                yield return $"{place}.{name} is missing";
        }

        foreach (var property in known ? value.EnumerateObject().ToList() : [])
        {
            if (properties.TryGetProperty(property.Name, out var inner))
            {
                foreach (var fault in Faults(inner, property.Value, $"{place}.{property.Name}"))
                    yield return fault;
            }
        }
    }

    private static List<string?> Types(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(each => each.GetString())] : [type.GetString()];

    private static string KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Number => value.TryGetInt64(out _) ? "integer" : "number",
        _ => "null",
    };
}

/// <summary>One operation of the document.</summary>
public sealed record DescribedOperation(HttpMethod Method, string Path, JsonElement Json)
{
    public bool IsOpen => !Json.TryGetProperty("security", out var security) || security.GetArrayLength() == 0;

    public string? BodyType => Json.TryGetProperty("requestBody", out var body) ? body.GetProperty("content").EnumerateObject().First().Name : null;

    public JsonElement? BodySchema => BodyType is { } type ? Json.GetProperty("requestBody").GetProperty("content").GetProperty(type).GetProperty("schema") : null;

    public IReadOnlyList<(string Name, string Place)> Parameters =>
        Json.TryGetProperty("parameters", out var all) ? [.. all.EnumerateArray().Select(each => (each.GetProperty("name").GetString()!, each.GetProperty("in").GetString()!))] : [];

    public bool Describes(int status) => Json.GetProperty("responses").TryGetProperty(status.ToString(System.Globalization.CultureInfo.InvariantCulture), out _);

    /// <summary>The described schema of an answer's body; null for none of this type.</summary>
    public JsonElement? SchemaOf(int status, string contentType) =>
        Json.GetProperty("responses").GetProperty(status.ToString(System.Globalization.CultureInfo.InvariantCulture)).TryGetProperty("content", out var content)
        && content.TryGetProperty(contentType, out var media) && media.TryGetProperty("schema", out var schema) ? schema : null;

    /// <summary>Whether it is the operator's own servers' to call.</summary>
    public bool TakesServices => $"{this}" is "POST /api/v1/introspect" or "POST /api/v1/usage" or "POST /api/v1/payload/decrypt";

    /// <summary>The path with this id in every place.</summary>
    public string PathWith(string id) => System.Text.RegularExpressions.Regex.Replace(Path, @"\{[^}]+\}", Uri.EscapeDataString(id));

    public override string ToString() => $"{Method} {Path}";
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace FinConsole.Web.ApiDocs;

/// <summary>A body that could be sent, from a schema's examples and words.</summary>
internal static class SchemaSample
{
    private const int Deepest = 5;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(IOpenApiSchema schema, string contentType)
    {
        var node = Make(schema, 0);
        return contentType.Contains("form", StringComparison.Ordinal) && node is JsonObject form
            ? string.Join('&', form.Select(field => $"{field.Key}={Uri.EscapeDataString(field.Value?.ToString() ?? "")}"))
            : node?.ToJsonString(Indented) ?? "";
    }

    private static JsonNode? Make(IOpenApiSchema? schema, int depth)
    {
        var plain = SchemaFields.Plain(schema);
        if ((schema?.Examples ?? plain?.Examples)?.FirstOrDefault() is { } example)
            return example.DeepClone();
        if (plain?.Enum is { Count: > 0 } words)
            return words[0].DeepClone();
        return (plain?.Type & ~JsonSchemaType.Null) switch
        {
            JsonSchemaType.Object when depth < Deepest => new JsonObject((plain?.Properties ?? new Dictionary<string, IOpenApiSchema>())
                .Select(field => KeyValuePair.Create(field.Key, Make(field.Value, depth + 1)))),
            JsonSchemaType.Array when depth < Deepest => new JsonArray(Make(plain?.Items, depth + 1)),
            JsonSchemaType.Integer => JsonValue.Create(1),
            JsonSchemaType.Number => JsonValue.Create(1.5),
            JsonSchemaType.Boolean => JsonValue.Create(true),
            JsonSchemaType.String => JsonValue.Create(plain?.Format switch
            {
                "uuid" => "0199c0de-0000-7000-8000-000000000000",
                "date-time" => "2026-01-31T12:00:00Z",
                _ => "",
            }),
            _ => null,
        };
    }
}

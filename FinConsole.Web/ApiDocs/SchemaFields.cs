using Microsoft.OpenApi;

namespace FinConsole.Web.ApiDocs;

/// <summary>A schema's fields in one flat list: <c>cashier.email</c>, <c>items[].id</c>.</summary>
internal static class SchemaFields
{
    private const int Deepest = 4;

    public static IReadOnlyList<DocumentedField> Of(IOpenApiSchema? schema)
    {
        var fields = new List<DocumentedField>();
        Add(fields, "", schema, 0);
        return fields;
    }

    /// <summary>For people: "text (uuid)", "list of text", "one of 24h, 1m".</summary>
    public static string TypeOf(IOpenApiSchema? schema)
    {
        var words = schema?.Enum is { Count: > 0 } values ? ApiDocsTexts.OneOf + " " + string.Join(", ", values.Select(value => value.ToString())) : null;
        var plain = Plain(schema)?.Type & ~JsonSchemaType.Null;
        var name = words ?? plain switch
        {
            JsonSchemaType.String => ApiDocsTexts.TypeText,
            JsonSchemaType.Integer => ApiDocsTexts.TypeInteger,
            JsonSchemaType.Number => ApiDocsTexts.TypeNumber,
            JsonSchemaType.Boolean => ApiDocsTexts.TypeBoolean,
            JsonSchemaType.Array => Core.Common.Texts.Format(ApiDocsTexts.TypeList, TypeOf(Plain(schema)?.Items)),
            _ => ApiDocsTexts.TypeObject,
        };
        return Plain(schema)?.Format is { Length: > 0 } format && words is null ? $"{name} ({format})" : name;
    }

    /// <summary>What a nullable reference points to: OpenAPI 3.1 writes it as one of two.</summary>
    public static IOpenApiSchema? Plain(IOpenApiSchema? schema) =>
        schema?.OneOf is { Count: > 0 } choices ? choices.FirstOrDefault(choice => choice.Type != JsonSchemaType.Null) : schema;

    private static void Add(List<DocumentedField> fields, string prefix, IOpenApiSchema? schema, int depth)
    {
        if (depth > Deepest || Plain(schema) is not { } plain)
            return;
        if (plain.Type is { } type && type.HasFlag(JsonSchemaType.Array))
        {
            Add(fields, prefix.Length == 0 ? "[]." : prefix[..^1] + "[].", plain.Items, depth + 1);
            return;
        }

        foreach (var (name, field) in plain.Properties ?? new Dictionary<string, IOpenApiSchema>())
        {
            fields.Add(new DocumentedField(prefix + name, TypeOf(field), plain.Required?.Contains(name) == true, field.Description ?? ""));
            Add(fields, $"{prefix}{name}.", field, depth + 1);
        }
    }
}

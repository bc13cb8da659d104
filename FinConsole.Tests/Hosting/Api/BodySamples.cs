using System.Text.Json;
using System.Text.Json.Nodes;

namespace FinConsole.Tests.Hosting.Api;

/// <summary>Bodies made from the document's schemas: one of the right shape, and that one with a single field changed.</summary>
public static class BodySamples
{
    /// <summary>A body whose every field has the right type.</summary>
    public static JsonNode Make(ApiDescription description, JsonElement schema) => MakeValue(description, schema)!;

    /// <summary>Every field of a body by its path, with what its schema says; elements of lists and values of dictionaries as their first.</summary>
    public static IEnumerable<SampleField> Fields(ApiDescription description, JsonElement schema, string path = "")
    {
        var plain = Plain(description, schema);
        var required = plain.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString()!).ToHashSet() : [];
        foreach (var property in plain.TryGetProperty("properties", out var properties) ? properties.EnumerateObject().ToList() : [])
        {
            var place = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            foreach (var field in Field(description, property.Value, place, required.Contains(property.Name)))
                yield return field;
        }

        if (plain.TryGetProperty("additionalProperties", out var values) && values.ValueKind == JsonValueKind.Object)
        {
            foreach (var field in Field(description, values, $"{path}.pin", false))
                yield return field with { IsElement = true };
        }
    }

    /// <summary>The body with a value at a path; null takes the field away.</summary>
    public static JsonNode With(JsonNode body, string path, Func<JsonNode?>? value)
    {
        var copy = body.DeepClone();
        var steps = path.Replace("[0]", ".0", StringComparison.Ordinal).Split('.');
        var parent = steps[..^1].Aggregate(copy, (node, step) => step == "0" ? node.AsArray()[0]! : node[step]!);
        if (parent is JsonArray list)
            list[0] = value?.Invoke();
        else if (value is null)
            parent.AsObject().Remove(steps[^1]);
        else
            parent[steps[^1]] = value();
        return copy;
    }

    private static IEnumerable<SampleField> Field(ApiDescription description, JsonElement schema, string path, bool required)
    {
        var plain = Plain(description, schema);
        var kind = KindOf(plain);
        yield return new SampleField(path, kind, required, MayBeNull(schema), plain.TryGetProperty("enum", out _), IsElement: false);
        if (kind == "array")
        {
            foreach (var element in Field(description, plain.GetProperty("items"), path + "[0]", required: false))
                yield return element.Path == path + "[0]" ? element with { IsElement = true } : element;
        }
        else if (kind == "object")
        {
            foreach (var inner in Fields(description, plain, path))
                yield return inner;
        }
    }

    private static JsonNode? MakeValue(ApiDescription description, JsonElement schema)
    {
        var plain = Plain(description, schema);
        if (plain.TryGetProperty("enum", out var words))
            return JsonValue.Create(words[0].GetString());
        var format = plain.TryGetProperty("format", out var text) ? text.GetString() : null;
        return KindOf(plain) switch
        {
            "object" when plain.TryGetProperty("properties", out var properties) =>
                new JsonObject(properties.EnumerateObject().Select(property => KeyValuePair.Create(property.Name, MakeValue(description, property.Value)))),
            "object" => new JsonObject { ["pin"] = MakeValue(description, plain.GetProperty("additionalProperties")) },
            "array" => new JsonArray(MakeValue(description, plain.GetProperty("items"))),
            "integer" => JsonValue.Create(200),
            "boolean" => JsonValue.Create(true),
            _ => JsonValue.Create(format switch
            {
                "uuid" => "0199c0de-0000-7000-8000-000000000000",
                "date-time" => "2026-01-31T12:00:00Z",
                _ => "x",
            }),
        };
    }

    private static JsonElement Plain(ApiDescription description, JsonElement schema)
    {
        if (schema.TryGetProperty("$ref", out var reference))
            return description.Resolve(reference.GetString()!);
        return schema.TryGetProperty("oneOf", out var choices)
            ? Plain(description, choices.EnumerateArray().First(choice => !choice.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String || type.GetString() != "null"))
            : schema;
    }

    private static bool MayBeNull(JsonElement schema) =>
        (schema.TryGetProperty("type", out var type) && type.GetRawText().Contains("null", StringComparison.Ordinal)) || schema.TryGetProperty("oneOf", out _);

    private static string KindOf(JsonElement plain)
    {
        var type = plain.TryGetProperty("type", out var declared) ? declared.GetRawText() : "\"string\"";
        return new[] { "object", "array", "integer", "boolean" }.FirstOrDefault(each => type.Contains(each, StringComparison.Ordinal)) ?? "string";
    }
}

/// <param name="Path">As errors name it.</param>
/// <param name="Kind">string, object, array, integer or boolean.</param>
/// <param name="IsElement">Of a list or dictionary, which has no field to leave out.</param>
public sealed record SampleField(string Path, string Kind, bool Required, bool MayBeNull, bool IsEnum, bool IsElement);

using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FinConsole.Core.Common;

namespace FinConsole.Web.Hosting.Api;

/// <summary>Compares JSON with the type that it is to become, and names what differs by its path: <c>cashier.password</c>, <c>scopes[2]</c>.</summary>
/// <param name="options">Those of the serializer, so that both agree on names and on what may be null.</param>
internal sealed class JsonFaults(JsonSerializerOptions options)
{
    /// <summary>A client that sends a thousand wrong items learns enough from the first of them.</summary>
    private const int Most = 50;

    private readonly Dictionary<string, string> _found = [];

    /// <summary>Messages by path.</summary>
    public IReadOnlyDictionary<string, string> Found => _found;

    public void Check(JsonTypeInfo type, JsonElement value) => Check(type, value, "");

    private void Check(JsonTypeInfo type, JsonElement value, string path)
    {
        if (_found.Count >= Most)
            return;
        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object:
                CheckObject(type, value, path);
                break;
            case JsonTypeInfoKind.Dictionary:
                CheckDictionary(type, value, path);
                break;
            case JsonTypeInfoKind.Enumerable:
                CheckList(type, value, path);
                break;
            default:
                CheckValue(type, value, path);
                break;
        }
    }

    private void CheckObject(JsonTypeInfo type, JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            Add(path, ApiErrorTexts.SendObject);
            return;
        }

        var known = type.Properties.ToDictionary(property => property.Name, options.PropertyNameCaseInsensitive ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        var sent = new HashSet<string>(known.Comparer);
        foreach (var field in value.EnumerateObject())
        {
            var place = Join(path, field.Name);
            if (!known.TryGetValue(field.Name, out var property))
                Add(place, ApiErrorTexts.NoSuchField);
            else if (!sent.Add(field.Name))
                Add(Join(path, property.Name), ApiErrorTexts.SentTwice);
            else if (field.Value.ValueKind != JsonValueKind.Null)
                Check(options.GetTypeInfo(property.PropertyType), field.Value, Join(path, property.Name));
            else if (!MayBeNull(property))
                Add(Join(path, property.Name), Texts.Format(ApiErrorTexts.NullField, Expected(property.PropertyType)));
        }

        foreach (var property in type.Properties.Where(property => IsRequired(property) && !sent.Contains(property.Name)))
            Add(Join(path, property.Name), Texts.Format(ApiErrorTexts.MissingField, Expected(property.PropertyType)));
    }

    private void CheckDictionary(JsonTypeInfo type, JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            Add(path, ApiErrorTexts.SendObject);
            return;
        }

        var sent = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in value.EnumerateObject())
        {
            if (!sent.Add(field.Name))
                Add(Join(path, field.Name), ApiErrorTexts.SentTwice);
            else
                CheckElement(type.ElementType!, field.Value, Join(path, field.Name));
        }
    }

    private void CheckList(JsonTypeInfo type, JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            Add(path, ApiErrorTexts.SendList);
            return;
        }

        var index = 0;
        foreach (var element in value.EnumerateArray())
            CheckElement(type.ElementType!, element, $"{path}[{index++}]");
    }

    private void CheckElement(Type type, JsonElement value, string path)
    {
        if (value.ValueKind == JsonValueKind.Null)
            Add(path, Texts.Format(ApiErrorTexts.NullField, Expected(type)));
        else
            Check(options.GetTypeInfo(type), value, path);
    }

    private void CheckValue(JsonTypeInfo type, JsonElement value, string path)
    {
        // The parser takes times without an offset as well, and guesses which one was meant.
        if ((Nullable.GetUnderlyingType(type.Type) ?? type.Type) == typeof(DateTimeOffset) && value.ValueKind == JsonValueKind.String && !ApiQuery.IsTime(value.GetString()!))
        {
            Add(path, Expected(type.Type));
            return;
        }

        try
        {
            value.Deserialize(type);
        }
        catch (JsonException)
        {
            Add(path, Expected(type.Type));
        }
    }

    private void Add(string path, string message) => _found.TryAdd(path.Length == 0 ? ApiBody.Whole : path, message);

    private static bool MayBeNull(JsonPropertyInfo property) =>
        Nullable.GetUnderlyingType(property.PropertyType) is not null || (property.AssociatedParameter?.IsNullable ?? property.IsSetNullable);

    private static bool IsRequired(JsonPropertyInfo property) => property.IsRequired || property.AssociatedParameter is { HasDefaultValue: false };

    // As System.Text.Json writes paths: names with other characters stand in brackets.
    private static string Join(string path, string name) =>
        name.Length == 0 || name.AsSpan().ContainsAny(" .[]'\"\\/\t\r\n") ? $"{path}['{name}']" : path.Length == 0 ? name : $"{path}.{name}";

    private string Expected(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain == typeof(string) || plain == typeof(Secret) ? ApiErrorTexts.SendText
            : plain == typeof(Guid) ? ApiErrorTexts.SendUuid
            : plain == typeof(bool) ? ApiErrorTexts.SendBoolean
            : plain == typeof(int) || plain == typeof(long) ? ApiErrorTexts.SendNumber
            : plain == typeof(DateTimeOffset) ? ApiErrorTexts.SendTime
            : options.GetTypeInfo(plain).Kind == JsonTypeInfoKind.Enumerable ? ApiErrorTexts.SendList
            : ApiErrorTexts.SendObject;
    }
}

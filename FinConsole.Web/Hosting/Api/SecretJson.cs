using System.Text.Json;
using System.Text.Json.Serialization;
using FinConsole.Core.Common;

namespace FinConsole.Web.Hosting.Api;

/// <summary>Reads secrets of a body into the type that redacts itself. They are never written: an answer that shows one says so in its own words.</summary>
internal sealed class SecretJson : JsonConverter<Secret>
{
    public override Secret? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? new Secret(reader.GetString()!) : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

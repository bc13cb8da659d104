using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using FinConsole.Core.Common;

namespace FinConsole.Web.Hosting.Exports;

/// <summary>Writes rows as JSON objects, one a line.</summary>
internal sealed class NdjsonCell(IBufferWriter<byte> output) : IExportCell, IDisposable
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), SkipValidation = true };

    private readonly Utf8JsonWriter _json = new(output, Options);
    private JsonEncodedText _name;

    public void Begin() => _json.WriteStartObject();

    /// <summary>Says what the next value is called.</summary>
    public void Name(JsonEncodedText name) => _name = name;

    public void Text(string? value) => _json.WriteString(_name, value);

    public void Number(long value) => _json.WriteNumber(_name, value);

    public void Id(Guid? value)
    {
        if (value is { } id)
            _json.WriteString(_name, id);
        else
            _json.WriteNull(_name);
    }

    public void Flag(bool? value)
    {
        if (value is { } flag)
            _json.WriteBoolean(_name, flag);
        else
            _json.WriteNull(_name);
    }

    public void Time(DateTimeOffset? value)
    {
        Span<char> text = stackalloc char[33];
        if (value is { } at && at.UtcDateTime.TryFormat(text, out var length, "O", System.Globalization.CultureInfo.InvariantCulture))
            _json.WriteString(_name, text[..length]);
        else
            _json.WriteNull(_name);
    }

    public void Json(string value)
    {
        // Somebody may have written into the database by hand: what is no object on one line goes out as the text that it is.
        if (!OneLineJson.IsObject(value))
        {
            Text(value);
            return;
        }

        _json.WritePropertyName(_name);
        _json.WriteRawValue(value, skipInputValidation: true);
    }

    public void End()
    {
        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
        output.Write("\n"u8);
    }

    public void Dispose() => _json.Dispose();
}

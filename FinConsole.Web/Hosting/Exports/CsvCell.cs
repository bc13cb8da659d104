using System.Buffers;
using System.Globalization;
using System.Text;

namespace FinConsole.Web.Hosting.Exports;

/// <summary>
/// Writes cells as RFC 4180 has them, in UTF-8: every text in quotes, null as nothing at all. With the guard on, no text is a formula to a
/// spreadsheet: what an attacker typed as a name must not run on a reviewer's machine. See <see cref="FormulaGuard"/>.
/// </summary>
internal sealed class CsvCell(IBufferWriter<byte> output, bool guard) : IExportCell
{
    private bool _first = true;

    public void Text(string? value)
    {
        Separate();
        if (value is null)
            return;
        var text = guard ? FormulaGuard.Guard(value) : value;
        output.Write("\""u8);
        Encoding.UTF8.GetBytes(text.Contains('"', StringComparison.Ordinal) ? text.Replace("\"", "\"\"", StringComparison.Ordinal) : text, output);
        output.Write("\""u8);
    }

    public void Number(long value) => Format(value, "");

    public void Id(Guid? value)
    {
        if (value is { } id)
            Format(id, "D");
        else
            Separate();
    }

    public void Flag(bool? value)
    {
        Separate();
        if (value is { } flag)
            output.Write(flag ? "true"u8 : "false"u8);
    }

    public void Time(DateTimeOffset? value)
    {
        if (value is { } at)
            Format(at.UtcDateTime, "O");
        else
            Separate();
    }

    public void Json(string value) => Text(value);

    public void EndRow()
    {
        output.Write("\r\n"u8);
        _first = true;
    }

    private void Format<T>(T value, string format)
        where T : IUtf8SpanFormattable
    {
        Separate();
        var space = output.GetSpan(64);
        value.TryFormat(space, out var written, format, CultureInfo.InvariantCulture);
        output.Advance(written);
    }

    private void Separate()
    {
        if (!_first)
            output.Write(","u8);
        _first = false;
    }
}

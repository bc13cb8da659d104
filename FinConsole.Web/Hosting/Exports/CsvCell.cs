using System.Buffers;
using System.Globalization;
using System.Text;
using FinConsole.Core.Common;

namespace FinConsole.Web.Hosting.Exports;

/// <summary>
/// Writes cells as RFC 4180 has them, in UTF-8. A text that a spreadsheet could take for a formula gets an
/// apostrophe in front: what an attacker typed as a name must not run on a reviewer's machine.
/// </summary>
internal sealed class CsvCell(IBufferWriter<byte> output) : IExportCell
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");
    private static readonly SearchValues<char> BeginsFormula = SearchValues.Create("=+-@\u2212");
    private bool _first = true;

    public void Text(string? value)
    {
        Separate();
        if (string.IsNullOrEmpty(value))
            return;
        var text = MayBeFormula(value) ? "'" + value : value;
        if (text.AsSpan().ContainsAny(Quoted))
            text = $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        Encoding.UTF8.GetBytes(text, output);
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

    // Spreadsheets take full-width signs for the plain ones, and pass over what they do not show.
    private static bool MayBeFormula(string value)
    {
        if (value[0] is > ' ' and <= '~')
            return BeginsFormula.Contains(value[0]);
        if (value[0] is '\t' or '\r' or '\n')
            return true;
        foreach (var rune in value.EnumerateRunes())
        {
            if (!UnicodeText.IsInvisible(rune) && rune.Value != ' ')
                return BeginsFormula.Contains(UnicodeText.Normalize(rune.ToString(), NormalizationForm.FormKC)[0]);
        }

        return false;
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

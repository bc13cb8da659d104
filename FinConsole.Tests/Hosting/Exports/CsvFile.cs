using System.IO.Pipelines;
using System.Text;
using FinConsole.Core.Common;
using FinConsole.Web.Hosting.Exports;

namespace FinConsole.Tests.Hosting.Exports;

/// <summary>A file of one column of texts and one of numbers, and how spreadsheets read it.</summary>
internal static class CsvFile
{
    private static readonly ExportColumn<string?>[] Columns = [new("text", (text, cell) => cell.Text(text)), new("after", (_, cell) => cell.Number(1))];

    private static readonly string[] Pieces =
    [
        "'", "'", "=", "+", "-", "@", "=1+1", "\uFF1D1", "\u2212", ",", ";", "|", "\t", "\r", "\n", "\r\n", "\"", "\"\"", " ", "\u00A0", "\u200B", "x", "ä", "👩‍👧", "1", "\\", "NULL", "{}",
    ];

    public static async Task<string> WriteAsync(CsvOptions options, params string?[] texts)
    {
        using var file = new MemoryStream();
        var pipe = PipeWriter.Create(file, new StreamPipeWriterOptions(leaveOpen: true));
        await ExportWriter.WriteAsync(pipe, texts.ToAsyncEnumerable(), Columns, ExportFormat.Csv, _ => { }, Stop, options);
        await pipe.CompleteAsync();
        return Encoding.UTF8.GetString(file.ToArray());
    }

    /// <summary>Texts of what means something to a spreadsheet, in any order.</summary>
    public static IEnumerable<string> AnyTexts(int seed, int count)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
            yield return string.Concat(random.GetItems(Pieces, random.Next(0, 9)));
    }

    /// <summary>Rows as Excel finds them: a quote counts at the beginning of a cell, and what follows its end belongs to the cell.</summary>
    public static List<List<string>> Read(string file, char separator, bool knowsQuotes)
    {
        var (rows, row, cell, at) = (new List<List<string>>(), new List<string>(), new StringBuilder(), 0);
        while (at < file.Length)
        {
            if (knowsQuotes && cell.Length == 0 && file[at] == '"' && (at == 0 || file[at - 1] == separator || file[at - 1] is '\r' or '\n'))
                at = ReadQuoted(file, at + 1, cell);
            if (at >= file.Length || file[at] is not ('\r' or '\n') && file[at] != separator)
            {
                cell.Append(file.AsSpan(Math.Min(at, file.Length - 1), at < file.Length ? 1 : 0));
                at++;
                continue;
            }

            row.Add(cell.ToString());
            cell.Clear();
            if (file[at] is '\r' or '\n')
            {
                at += file[at] == '\r' && at + 1 < file.Length && file[at + 1] == '\n' ? 1 : 0;
                rows.Add(row);
                row = [];
            }

            at++;
        }

        return rows;
    }

    // Behind the quote that ends it.
    private static int ReadQuoted(string file, int at, StringBuilder cell)
    {
        for (; at < file.Length; at++)
        {
            if (file[at] != '"')
                cell.Append(file[at]);
            else if (at + 1 < file.Length && file[at + 1] == '"')
                cell.Append(file[++at]);
            else
                return at + 1;
        }

        return at;
    }
}

using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using FinConsole.Core.Common;

namespace FinConsole.Web.Hosting.Exports;

/// <summary>Writes rows to where they are read from as fast as they are taken: nothing is held back but what fits into one packet or two.</summary>
public static class ExportWriter
{
    private const int FlushAt = 32 * 1024;

    /// <param name="output">The response.</param>
    /// <param name="rows">Read once, in order.</param>
    /// <param name="columns">In order.</param>
    /// <param name="format">CSV or NDJSON.</param>
    /// <param name="written">Told how many rows are out, every now and then and at the end.</param>
    /// <param name="cancellationToken">Stops the reading and the writing.</param>
    /// <param name="csv">What CSV looks like. NDJSON never begins with a byte order mark (RFC 8259, 8.1), and is guarded against nothing.</param>
    public static async Task WriteAsync<T>(
        PipeWriter output, IAsyncEnumerable<T> rows, IReadOnlyList<ExportColumn<T>> columns, ExportFormat format, Action<long> written, CancellationToken cancellationToken, CsvOptions? csv = null)
    {
        var writer = format == ExportFormat.Csv ? Csv(output, columns, csv ?? CsvOptions.Default) : Ndjson(output, columns);
        var count = 0L;
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            writer(row);
            count++;
            if (output.UnflushedBytes < FlushAt)
                continue;
            await output.FlushAsync(cancellationToken);
            written(count);
        }

        await output.FlushAsync(cancellationToken);
        written(count);
    }

    private static Action<T> Csv<T>(PipeWriter output, IReadOnlyList<ExportColumn<T>> columns, CsvOptions options)
    {
        if (options.Mark)
            output.Write(Encoding.UTF8.Preamble);
        Encoding.UTF8.GetBytes(string.Join(',', columns.Select(column => column.Name)) + "\r\n", output);
        var cell = new CsvCell(output, options.Guard);
        return row =>
        {
            foreach (var column in columns)
                column.Write(row, cell);
            cell.EndRow();
        };
    }

    private static Action<T> Ndjson<T>(PipeWriter output, IReadOnlyList<ExportColumn<T>> columns)
    {
        var cell = new NdjsonCell(output);
        var names = columns.Select(column => JsonEncodedText.Encode(column.Name)).ToArray();
        return row =>
        {
            cell.Begin();
            for (var i = 0; i < names.Length; i++)
            {
                cell.Name(names[i]);
                columns[i].Write(row, cell);
            }

            cell.End();
        };
    }
}

using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using FinConsole.Core.Common;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.Hosting.Exports;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace FinConsole.Tests.Hosting;

/// <summary>What exported files look like, and what writing them costs.</summary>
[Collection(Alone.Name)]
public sealed class ExportTests
{
    private const int ManyRows = 200_000;
    private const long MostHeap = 16 * 1024 * 1024;
    private static readonly DateTimeOffset At = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero).AddTicks(1_234_567);

    private static readonly ExportColumn<Row>[] Columns =
    [
        new("number", (row, cell) => cell.Number(row.Number)),
        new("text", (row, cell) => cell.Text(row.Text)),
        new("at", (row, cell) => cell.Time(row.At)),
        new("id", (row, cell) => cell.Id(row.Id)),
        new("flag", (row, cell) => cell.Flag(row.Flag)),
        new("data", (row, cell) => cell.Json(row.Data)),
    ];

    [Fact]
    public async Task Numbers_and_words_of_our_own_are_no_formulas()
    {
        var id = Guid.Parse("0190a000-0000-7000-8000-000000000001");
        Assert.Equal(
            "number,text,at,id,flag,data\r\n-5,\"x\",,0190a000-0000-7000-8000-000000000001,true,\"{\"\"a\"\":1}\"\r\n",
            await WriteAsync(ExportFormat.Csv, new Row(-5, "x", null, id, true, """{"a":1}""")));
    }

    [Fact]
    public async Task A_byte_order_mark_is_written_when_asked_for_and_never_into_NDJSON()
    {
        var row = new Row(1, "Zoë", null, null, null, "{}");

        Assert.Equal("\uFEFF" + await WriteAsync(ExportFormat.Csv, row), await WriteAsync(ExportFormat.Csv, new CsvOptions(Mark: true), row));
        Assert.StartsWith("number", await WriteAsync(ExportFormat.Csv, row), StringComparison.Ordinal);
        Assert.Equal(await WriteAsync(ExportFormat.Ndjson, row), await WriteAsync(ExportFormat.Ndjson, new CsvOptions(Mark: true, Guard: false), row));
    }

    [Fact]
    public async Task A_line_of_NDJSON_holds_every_value_as_it_is()
    {
        var written = await WriteAsync(ExportFormat.Ndjson, new Row(7, "=a\"b\n", At, Guid.Empty, false, """{"b": 1.0,"a":"ü"}"""), new Row(8, null, null, null, null, "no json"));

        var lines = written.Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.Equal("", lines[2]);
        Assert.Equal("""{"number":7,"text":"=a\u0022b\n","at":"2026-03-02T09:00:00.1234567Z","id":"00000000-0000-0000-0000-000000000000","flag":false,"data":{"b": 1.0,"a":"ü"}}""", lines[0]);
        Assert.Equal("""{"number":8,"text":null,"at":null,"id":null,"flag":null,"data":"no json"}""", lines[1]);
    }

    [Theory]
    [MemberData(nameof(NaughtyStrings.Names), MemberType = typeof(NaughtyStrings))]
    public async Task Any_text_stays_in_its_cell_and_on_its_line(string name)
    {
        var text = NaughtyStrings.All[name];
        var row = new Row(1, text, At, null, null, text);

        using var parsed = JsonDocument.Parse((await WriteAsync(ExportFormat.Ndjson, row)).TrimEnd('\n'));
        Assert.Equal(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)), parsed.RootElement.GetProperty("text").GetString());
        Assert.EndsWith("\r\n", await WriteAsync(ExportFormat.Csv, row), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ExportFormat.Csv)]
    [InlineData(ExportFormat.Ndjson)]
    public async Task Two_hundred_thousand_rows_go_through_a_heap_that_does_not_grow(ExportFormat format)
    {
        await WriteAsync(format, new Row(0, "warm", At, null, null, "{}"));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var most = 0L;
        var sink = new Sink();
        var counts = new List<long>();

        await ExportWriter.WriteAsync(PipeWriter.Create(sink), Rows(ManyRows, number => most = number % 20_000 == 0 ? Math.Max(most, GC.GetTotalMemory(true)) : most), Columns, format, counts.Add, Stop);

        Assert.InRange(most - before, long.MinValue, MostHeap);
        Assert.InRange(sink.Bytes, ManyRows * 40L, long.MaxValue);
        Assert.Equal(ManyRows, counts[^1]);
        Assert.True(counts.Count > 100 && counts.SequenceEqual(counts.Order()));
    }

    [Fact]
    public async Task Cancelling_stops_the_reading_at_once()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var read = 0L;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ExportWriter.WriteAsync(
            PipeWriter.Create(new Sink()), Rows(ManyRows, number => read = number), Columns, ExportFormat.Csv, rows => { if (rows > 1000) cancel.Cancel(); }, cancel.Token));

        Assert.InRange(read, 1000, 3000);
    }

    [Fact]
    public async Task Pieces_are_read_by_the_key_of_the_last_row_and_no_read_is_left_behind()
    {
        const int Rows = 1_000;
        using var limiter = new ScanLimiter(Options.Create(new ScanOptions()), new FakeTimeProvider());
        var asked = new List<int?>();
        Task<List<Row>> ReadAsync(Row? last, int count, CancellationToken cancellationToken)
        {
            asked.Add((int?)last?.Number);
            var first = (int)(last?.Number ?? 0) + 1;
            return Task.FromResult(Enumerable.Range(first, Math.Min(count, Rows - first + 1)).Select(number => new Row(number, "", At, null, null, "{}")).ToList());
        }

        var seen = new List<long>();
        await foreach (var piece in KeysetBatches.ReadAsync<Row>(ReadAsync, limiter.BeginExport(), Stop))
            seen.AddRange(piece.Select(row => row.Number));

        Assert.Equal(Enumerable.Range(1, Rows).Select(number => (long)number), seen);
        // A clock that stands still makes each piece twice as long as the one before.
        Assert.Equal([null, 100, 300, 700], asked);
    }

    [Theory]
    [InlineData("Acme", "audit-log-acme-20260302T090000Z.csv")]
    [InlineData("  Ümlaut & Sons / GmbH ", "audit-log-mlaut-sons-gmbh-20260302T090000Z.csv")]
    [InlineData("株式会社", "audit-log-20260302T090000Z.csv")]
    [InlineData("\"; rm -rf\r\n", "audit-log-rm-rf-20260302T090000Z.csv")]
    public void The_file_is_named_after_list_tenant_and_time(string tenant, string name) => Assert.Equal(name, ExportFile.Name("audit-log", tenant, ExportFormat.Csv, At));

    private static Task<string> WriteAsync(ExportFormat format, params Row[] rows) => WriteAsync(format, CsvOptions.Default, rows);

    private static async Task<string> WriteAsync(ExportFormat format, CsvOptions csv, params Row[] rows)
    {
        using var file = new MemoryStream();
        var pipe = PipeWriter.Create(file, new StreamPipeWriterOptions(leaveOpen: true));
        await ExportWriter.WriteAsync(pipe, rows.ToAsyncEnumerable(), Columns, format, _ => { }, Stop, csv);
        await pipe.CompleteAsync();
        return Encoding.UTF8.GetString(file.ToArray());
    }

    private static async IAsyncEnumerable<Row> Rows(int count, Action<int> reading)
    {
        for (var number = 1; number <= count; number++)
        {
            reading(number);
            if (number % 1000 == 0)
                await Task.Yield();
            yield return new Row(number, "somebody@acme.example", At, Guid.Empty, true, """{"name":"Billing"}""");
        }
    }

    private sealed record Row(long Number, string? Text, DateTimeOffset? At, Guid? Id, bool? Flag, string Data);

    private sealed class Sink : Stream
    {
        public long Bytes { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => Bytes;

        public override long Position { get => Bytes; set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => Bytes += count;
    }
}

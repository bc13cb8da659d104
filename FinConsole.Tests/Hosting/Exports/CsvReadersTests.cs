using System.Text;
using System.Text.Json;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.Hosting.Exports;
using Xunit;

namespace FinConsole.Tests.Hosting.Exports;

/// <summary>What other programs read out of exported CSV.</summary>
public sealed class CsvReadersTests : IDisposable
{
    private const string Undo = """
        import json, re, sys
        cells = json.load(sys.stdin)
        json.dump([re.sub(r"(^|[,;|\t\r\n])'", r"\1", cell) for cell in cells], sys.stdout)
        """;

    private const string Python = """
        import csv, json, sys
        with open(sys.argv[1], encoding="utf-8", newline="") as file:
            json.dump([row["text"] for row in csv.DictReader(file)], sys.stdout)
        """;

    private const string DuckDb = """
        import { DuckDBInstance } from "@duckdb/node-api";
        const database = await (await DuckDBInstance.create(":memory:")).connect();
        const rows = await database.runAndReadAll(`SELECT text FROM read_csv('${process.argv[2]}', all_varchar = true)`);
        process.stdout.write(JSON.stringify(rows.getRows().map(row => row[0])));
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("finconsole-csv-");

    [Theory]
    [InlineData("python", true)]
    [InlineData("python", false)]
    [InlineData("sqlite", true)]
    [InlineData("sqlite", false)]
    [InlineData("duckdb", true)]
    [InlineData("duckdb", false)]
    public async Task Every_text_is_read_as_it_was_with_and_without_the_guard(string reader, bool guard)
    {
        string[] texts = ["first", .. CsvFile.AnyTexts(11, 1_000).Where(text => text.Length > 0)];
        var file = Path.Combine(_folder.FullName, "export.csv");
        await File.WriteAllTextAsync(file, await CsvFile.WriteAsync(new CsvOptions(Guard: guard), texts), Stop);

        var read = reader switch
        {
            "python" => await RunAsync("/usr/bin/python3", ["-c", Python, file]),
            "sqlite" => await RunAsync("sqlite3", [":memory:", $".import --csv {file} export", "SELECT json_group_array(text) FROM (SELECT text FROM export ORDER BY rowid)"]),
            _ => await DuckDbAsync(file),
        };

        Assert.Equal(guard, !read.SequenceEqual(texts));
        Assert.Equal(texts, guard ? await RunAsync("/usr/bin/python3", ["-c", Undo], JsonSerializer.SerializeToUtf8Bytes(read)) : read);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<string[]> DuckDbAsync(string file)
    {
        Directory.CreateSymbolicLink(Path.Combine(_folder.FullName, "node_modules"), await NpmPackages.FolderAsync("Hosting/Exports"));
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "read.mjs"), DuckDb, Stop);
        return await RunAsync("node", ["read.mjs", file]);
    }

    private async Task<string[]> RunAsync(string program, string[] arguments, byte[]? input = null) =>
        JsonSerializer.Deserialize<string[]>(Encoding.UTF8.GetString(await Programs.RunAsync(program, arguments, input, _folder.FullName)))!;
}

using System.Diagnostics;
using System.Globalization;
using FinConsole.Bench.Generating;
using FinConsole.Bench.Measuring;
using FinConsole.Core.AuditLog;
using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Data;
using FinConsole.Core.LoginHistory;

namespace FinConsole.Bench.Writes;

/// <summary>Target 6 of the performance targets, on SQLite: what floods and a new token cost to make durable.</summary>
internal static class WriteBench
{
    private const string Name = "finconsole_writes";
    private const int Entries = 4000;
    private const int Tokens = 100;
    private const int Rounds = 7;
    private const int MostRaw = Entries * (Rounds + 1) * 2;

    public static async Task RunAsync(BenchOptions options)
    {
        string table;
        await using (var host = await BenchHost.StartAsync(await BenchDatabase.NewAsync(options with { Keep = true }, Name)))
        {
            await Flood.SettleAsync(host);
            await using var raw = await BenchHost.StartAsync(await BenchDatabase.NewAsync(options, "finconsole_raw"));
            table = await RatesAsync(host, raw);
        }

        var flushes = new Dictionary<string, double>();
        foreach (var (kind, count) in new[] { (Flood.Refusals, Entries), (Flood.Attempts, Entries), (Flood.Checks, Tokens), (Flood.Tokens, Tokens) })
            flushes[kind] = await Flushes.OfEachAsync(options, kind, count);
        await File.WriteAllTextAsync(options.Out, table + Report(flushes));
        await (await BenchDatabase.NewAsync(options, Name)).DisposeAsync();
    }

    /// <summary>In the process whose flushes are counted.</summary>
    public static async Task FloodAsync(string folder, string kind, int count)
    {
        var options = new BenchOptions("writes", DatabaseProvider.Sqlite, folder, "", 0, 0, Keep: true);
        await using var host = await BenchHost.StartAsync(await BenchDatabase.NewAsync(options, Name));
        await Flood.RunAsync(host, kind, count);
    }

    private static async Task<string> RatesAsync(BenchHost host, BenchHost raw)
    {
        var now = raw.Get<TimeProvider>().GetUtcNow();
        var (audit, logins) = (new AuditMaker(raw.Population, raw.Get<AuditChain>(), MostRaw, now), new LoginMaker(raw.Population, MostRaw, now));
        await using var context = raw.Get<ConsoleDb>().Open(raw.TenantId);
        var (auditColumns, loginColumns) = (new BulkColumns<AuditEntry>(context), new BulkColumns<LoginAttempt>(context));
        var next = 1L;
        var audited = await RatioAsync(
            () => Flood.RunAsync(host, Flood.Refusals, Entries), Make(() => audit.Make(next++)), rows => RawBatches.WriteAsync(raw, auditColumns, rows));
        var attempted = await RatioAsync(
            () => Flood.RunAsync(host, Flood.Attempts, Entries), Make(() => logins.Make(next++)), rows => RawBatches.WriteAsync(raw, loginColumns, rows));
        return string.Create(CultureInfo.InvariantCulture, $"""
            | what changes nothing else, from 64 writers at once | durable entries a second | raw batches of 64 | ratio (≥ 0.85) |
            | --- | ---: | ---: | ---: |
            | refused rights, chained | {audited.Ours:N0} | {audited.Raw:N0} | {Judged(audited.Ours / audited.Raw, ratio => ratio >= 0.85)} |
            | failed sign-ins | {attempted.Ours:N0} | {attempted.Raw:N0} | {Judged(attempted.Ours / attempted.Raw, ratio => ratio >= 0.85)} |


            """);
    }

    private static Func<List<T>> Make<T>(Func<T> make) => () => [.. Enumerable.Range(0, Entries).Select(_ => make())];

    private static async Task<(double Ours, double Raw)> RatioAsync<T>(Func<Task> ours, Func<List<T>> make, Func<List<T>, Task> raw)
    {
        await ours();
        await raw(make());
        var (mine, theirs) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            mine.Add(await RateAsync(ours));
            var rows = make();
            theirs.Add(await RateAsync(() => raw(rows)));
        }

        return (Alternation.Median(mine), Alternation.Median(theirs));
    }

    private static async Task<double> RateAsync(Func<Task> write)
    {
        var watch = Stopwatch.StartNew();
        await write();
        return Entries / watch.Elapsed.TotalSeconds;
    }

    private static string Report(Dictionary<string, double> flushes) => string.Create(CultureInfo.InvariantCulture, $"""
        | flushes of the disk, counted by strace | each | at most |
        | --- | ---: | ---: |
        | a refused right, of 64 writers | {Judged(flushes[Flood.Refusals], each => each <= 0.05, "F3")} | 0.05 |
        | a failed sign-in, of 64 writers | {Judged(flushes[Flood.Attempts], each => each <= 0.05, "F3")} | 0.05 |
        | a new token, its audit entry and the notice of it, one transaction | {Judged(flushes[Flood.Tokens] - flushes[Flood.Checks], each => each <= 1.5, "F2")} | 1.5 |
        | the check of its cashier's password before that, which counts the try and takes it back | {flushes[Flood.Checks]:F2} | |

        """);

    private static string Judged(double value, Func<double, bool> met, string format = "F2") => value.ToString(format, CultureInfo.InvariantCulture) + (met(value) ? "" : " **missed**");
}

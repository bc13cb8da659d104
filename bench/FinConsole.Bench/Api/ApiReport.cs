using System.Globalization;
using System.Text;

namespace FinConsole.Bench.Api;

/// <summary>The API's section of docs/performance.md.</summary>
internal sealed class ApiReport(BenchOptions options)
{
    private static readonly (string Name, string What, double Least)[] Kinds =
    [
        ("open", "the endpoint, open to everybody", 0),
        ("checked", "with the whole token check, limits and counting", 0.80),
        ("stock", "the same check behind ASP.NET's authentication and a policy", 0),
        ("ef", "a query for each request", 0),
        ("authorize", "forward-auth", 0.80),
        ("introspect", "introspection", 0.65),
        ("unknown", "a flood of unknown tokens", 0.80),
    ];

    private readonly StringBuilder _text = new();

    public void Verification(Dictionary<string, (double Rate, double Cpu)> of)
    {
        Line($"| a request | a second | CPU (µs) | of the open endpoint | at least |");
        Line($"| --- | ---: | ---: | ---: | ---: |");
        foreach (var (name, what, least) in Kinds)
            Line($"| {what} | {of[name].Rate:N0} | {of[name].Cpu:F1} | {Judged(of[name].Rate / of["open"].Rate, least == 0 ? null : ratio => ratio >= least)} | {(least == 0 ? "" : least.ToString("F2", CultureInfo.InvariantCulture))} |");
        Line($"");
        Line($"| | ratio | target |");
        Line($"| --- | ---: | --- |");
        Line($"| CPU with the check over without | {Judged(of["checked"].Cpu / of["open"].Cpu, ratio => ratio <= 1.25)} | ≤ 1.25 |");
        Line($"| with the check over the stock handler | {Judged(of["checked"].Rate / of["stock"].Rate, ratio => ratio >= 1.25)} | ≥ 1.25 |");
        Line($"| with the check over a query for each request | {Judged(of["checked"].Rate / of["ef"].Rate, ratio => ratio >= 3.5)} | ≥ 3.5 |");
        Line($"| counted over not counted | {Judged(of["checked"].Rate / of["uncounted"].Rate, ratio => ratio >= 0.95)} | ≥ 0.95 |");
        Line($"");
    }

    public void Size(ServerProcess small, ServerProcess large, Dictionary<string, (double Rate, double Cpu)> of)
    {
        var each = (large.Memory - small.Memory) / (options.Rows - options.Small);
        Line($"| tokens | memory each (≤ 200 bytes) | index ready (≤ 5 s) | CPU a request (µs) | ratio (≤ 1.15) |");
        Line($"| ---: | ---: | ---: | ---: | ---: |");
        Line($"| {options.Small:N0} | | {small.Ready.TotalSeconds:F1} s | {of["small"].Cpu:F1} | |");
        Line($"| {options.Rows:N0} | {Judged(each, bytes => bytes <= 200, "F0")} bytes | {Judged(large.Ready.TotalSeconds, seconds => seconds <= 5, "F1")} s | {of["large"].Cpu:F1} | {Judged(of["large"].Cpu / of["small"].Cpu, ratio => ratio <= 1.15)} |");
        Line($"");
        Line($"The wait for the index includes starting the database's driver and EF Core, which takes as long for ten tokens.");
        Line($"");
    }

    public void Counting(Loss killed, Loss stopped)
    {
        Line($"| a server that ends under load | requests answered | counted nowhere | target |");
        Line($"| --- | ---: | ---: | --- |");
        Line($"| `kill -9` | {killed.Answered:N0} | {killed.Lost:N0}, of {Judged(killed.Seconds, seconds => seconds <= 2)} s | ≤ 2 s |");
        Line($"| SIGTERM | {stopped.Answered:N0} | {Judged(stopped.Lost, lost => lost == 0, "N0")} | none |");
        Line($"");
    }

    public void Invalidation(Percentiles sqlite, Percentiles postgreSql)
    {
        Line($"| an invalidation, from its acknowledgement to the first refusal by another instance | measured | target (p99) |");
        Line($"| --- | --- | --- |");
        Line($"| SQLite, which is polled | {sqlite}{(sqlite.P99 > 250 ? " **missed**" : "")} | ≤ 250 ms |");
        Line($"| PostgreSQL, which notifies | {postgreSql}{(postgreSql.P99 > 50 ? " **missed**" : "")} | ≤ 50 ms |");
        Line($"");
        Line($"That the same instance accepts nothing behind its acknowledgement, and that an instance which hears nothing refuses after 60 seconds,");
        Line($"is tested, not measured.");
    }

    public override string ToString() => _text.ToString();

    private static string Judged(double value, Func<double, bool>? met, string format = "F2") =>
        value.ToString(format, CultureInfo.InvariantCulture) + (met?.Invoke(value) == false ? " **missed**" : "");

    private void Line(FormattableString line)
    {
        var text = line.ToString(CultureInfo.InvariantCulture);
        Console.WriteLine(text);
        _text.AppendLine(text);
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Text;
using FinConsole.Bench.Measuring;
using FinConsole.Core.ApiTokens;

namespace FinConsole.Bench.Api;

/// <summary>Measures verification as the API's callers meet it: targets 1 to 3 of performance.md, in one run, variants by turns.</summary>
internal static class ApiBench
{
    private const int Rounds = 3;
    private const int SliceSeconds = 2;
    private const int Known = 200;

    public static async Task RunAsync(BenchOptions options)
    {
        var text = new StringBuilder();
        var small = await MeasureAsync(options, options.Small, text, full: true);
        var large = await MeasureAsync(options, options.Rows, text, full: false);
        text.AppendLine(CultureInfo.InvariantCulture, $"| tokens | memory each (≤ 200 bytes) | index ready (≤ 5 s) | CPU a request |");
        text.AppendLine("| ---: | ---: | ---: | ---: |");
        text.AppendLine(CultureInfo.InvariantCulture, $"| {options.Small:N0} | – | {small.Ready:F0} ms | {small.Cpu:F1} µs |");
        text.AppendLine(CultureInfo.InvariantCulture, $"| {options.Rows:N0} | {(large.Memory - small.Memory) / (options.Rows - options.Small):F0} bytes | {large.Ready:F0} ms | {large.Cpu:F1} µs ({large.Cpu / small.Cpu:F2}, ≤ 1.15) |");
        await File.WriteAllTextAsync(options.Out, text.ToString());
    }

    private static async Task<(double Ready, double Memory, double Cpu)> MeasureAsync(BenchOptions options, long tokens, StringBuilder text, bool full)
    {
        var database = await BenchDatabase.NewAsync(options, $"api{tokens}");
        await using var host = await BenchHost.StartAsync(database);
        var secrets = await TokenFill.RunAsync(host, tokens, Known);
        using var server = Start(database.ConnectionString);
        var facts = (await server.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server did not start.")).Split(' ');
        var variants = Variants(facts[0], secrets, facts[1], options.Folder, full);
        var slices = variants.ToDictionary(variant => variant.Name, _ => new List<Slice>());
        foreach (var variant in variants)
            await Wrk.RunAsync(variant.Url, 3, variant.Script, server);
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var variant in round % 2 == 0 ? variants : variants.Reverse())
                slices[variant.Name].Add(await Wrk.RunAsync(variant.Url, SliceSeconds, variant.Script, server));
        }

        server.Kill();
        if (full)
            Report(text, slices);
        return (double.Parse(facts[2], CultureInfo.InvariantCulture), double.Parse(facts[3], CultureInfo.InvariantCulture), Median(slices["checked"], slice => slice.MicrosecondsEach));
    }

    private static Process Start(string connectionString) =>
        Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [typeof(ApiBench).Assembly.Location, "serve", connectionString]) { RedirectStandardOutput = true })!;

    private static IReadOnlyList<(string Name, string Url, string Script)> Variants(string address, IReadOnlyList<ApiTokenSecret> secrets, string service, string folder, bool full)
    {
        var tokens = Script(folder, "tokens", $"wrk.headers['X-Original-URI']='/payments' wrk.headers['X-Original-Method']='GET' local t={{{Join(secrets.Select(secret => secret.Reveal()))}}} local i=0 request=function() i=i%#t+1 wrk.headers['X-Auth-Token']=t[i] return wrk.format() end");
        if (!full)
            return [("checked", address + "/api/v1/bench/checked", tokens)];
        var strangers = Script(folder, "strangers", $"local t={{{Join(Enumerable.Range(0, 2000).Select(_ => ApiTokenSecret.Generate(TokenEnvironment.Production).Reveal()))}}} local i=0 request=function() i=i%#t+1 wrk.headers['X-Auth-Token']=t[i] return wrk.format() end");
        var introspect = Script(folder, "introspect", $"wrk.method='POST' wrk.headers['Content-Type']='application/x-www-form-urlencoded' wrk.headers['Authorization']='Bearer {service}' local t={{{Join(secrets.Select(secret => secret.Reveal()))}}} local i=0 request=function() i=i%#t+1 return wrk.format(nil,nil,nil,'ip=127.0.0.1&scope=read:usage&token='..t[i]) end");
        return
        [
            ("open", address + "/api/v1/bench/open", tokens),
            ("checked", address + "/api/v1/bench/checked", tokens),
            ("stock", address + "/stock", tokens),
            ("ef", address + "/ef", tokens),
            ("authorize", address + "/api/v1/authorize", tokens),
            ("introspect", address + "/api/v1/introspect", introspect),
            ("unknown", address + "/api/v1/bench/checked", strangers),
        ];
    }

    private static void Report(StringBuilder text, Dictionary<string, List<Slice>> slices)
    {
        double Rate(string name) => Median(slices[name], slice => slice.Rate);
        double Cpu(string name) => Median(slices[name], slice => slice.MicrosecondsEach);
        text.AppendLine("| a request | a second | CPU (µs) | of the open endpoint | target |");
        text.AppendLine("| --- | ---: | ---: | ---: | --- |");
        foreach (var (name, what, target, least) in new[]
        {
            ("open", "the endpoint, open to everybody", "", 0.0),
            ("checked", "with the whole token check, limits and counting", "≥ 0.80", 0.80),
            ("stock", "the same check behind ASP.NET's authentication and a policy", "", 0),
            ("ef", "a query for each request", "", 0),
            ("authorize", "forward-auth", "≥ 0.80", 0.80),
            ("introspect", "introspection", "≥ 0.65", 0.65),
            ("unknown", "a flood of unknown tokens", "≥ 0.80", 0.80),
        })
        {
            var ratio = Rate(name) / Rate("open");
            text.AppendLine(CultureInfo.InvariantCulture, $"| {what} | {Rate(name):N0} | {Cpu(name):F1} | {ratio:F2} | {(ratio < least ? "**missed** " : "")}{target} |");
        }

        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture,
            $"CPU with the check over without: {Cpu("checked") / Cpu("open"):F2} (≤ 1.25). Over the stock handler: {Rate("checked") / Rate("stock"):F2} (≥ 1.25). Over a query each time: {Rate("checked") / Rate("ef"):F2} (≥ 3.5).");
        text.AppendLine();
    }

    private static double Median(List<Slice> slices, Func<Slice, double> figure) => Alternation.Median([.. slices.Select(figure)]);

    private static string Join(IEnumerable<string> texts) => string.Join(',', texts.Select(text => $"'{text}'"));

    private static string Script(string folder, string name, string lua)
    {
        var file = Path.Combine(folder, name + ".lua");
        File.WriteAllText(file, lua);
        return file;
    }
}

namespace FinConsole.Bench.Api;

/// <summary>Measures verification as the API's callers meet it: targets 1 to 5 of the performance targets, in one run, variants by turns.</summary>
internal static class ApiBench
{
    private const int Known = 400;
    private const int Loaded = 200;

    public static async Task RunAsync(BenchOptions options)
    {
        var scripts = new LoadScripts(options.Folder);
        await using var small = await BenchHost.StartAsync(await BenchDatabase.NewAsync(options, "finconsole_api_small"));
        await using var full = await BenchHost.StartAsync(await BenchDatabase.NewAsync(options, "finconsole_api_full"));
        var (known, others) = (await TokenFill.RunAsync(small, options.Small, Known), await TokenFill.RunAsync(full, options.Rows, Known));
        var report = new ApiReport(options);
        using (var server = await ServerProcess.StartAsync(small.Database))
        {
            var tokens = scripts.Tokens("tokens", known.Take(Loaded));
            Load At(string name, string path, string? script = null) => new(name, server.Address + path, script ?? tokens, server);
            report.Verification(await Wrk.MeasureAsync(
            [
                At("open", "/api/v1/bench/open"),
                At("checked", "/api/v1/bench/checked"),
                At("uncounted", "/api/v1/bench/uncounted"),
                At("stock", "/stock"),
                At("ef", "/ef"),
                At("authorize", "/api/v1/authorize"),
                At("introspect", "/api/v1/introspect", scripts.Introspection(server.ServiceToken, known.Take(Loaded))),
                At("unknown", "/api/v1/bench/checked", scripts.Unknown()),
            ]));

            using var large = await ServerProcess.StartAsync(full.Database);
            report.Size(server, large, await Wrk.MeasureAsync(
            [
                At("small", "/api/v1/bench/checked"),
                new("large", large.Address + "/api/v1/bench/checked", scripts.Tokens("others", others.Take(Loaded)), large),
            ]));
        }

        report.Counting(await CountingLoss.MeasureAsync(small, scripts.Tokens("tokens", known.Take(Loaded)), kill: true), await CountingLoss.MeasureAsync(small, scripts.Tokens("tokens", known.Take(Loaded)), kill: false));
        report.Invalidation(await Invalidation.MeasureAsync(small, [.. known.Skip(Loaded)]), await OnPostgreSqlAsync(options));
        await File.WriteAllTextAsync(options.Out, report.ToString());
    }

    private static async Task<Percentiles> OnPostgreSqlAsync(BenchOptions options)
    {
        await using var host = await BenchHost.StartAsync(await BenchDatabase.NewAsync(options with { Provider = Core.Data.DatabaseProvider.PostgreSql }, "finconsole_api"));
        return await Invalidation.MeasureAsync(host, await TokenFill.RunAsync(host, Loaded, Loaded));
    }
}

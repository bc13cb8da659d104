using System.Globalization;

namespace FinConsole.Bench.Api;

/// <param name="Answered">Requests that wrk got answers to.</param>
/// <param name="Lost">Of those, how many stand in no hour.</param>
/// <param name="Seconds">How long it took to answer so many.</param>
internal sealed record Loss(long Answered, long Lost, double Seconds);

/// <summary>How many counted requests a server takes with it when it ends under load.</summary>
internal static class CountingLoss
{
    private const int LoadSeconds = 6;
    private static readonly TimeSpan Until = TimeSpan.FromSeconds(4);

    public static async Task<Loss> MeasureAsync(BenchHost host, string script, bool kill)
    {
        var before = await CountedAsync(host);
        using var server = await ServerProcess.StartAsync(host.Database);
        var load = Wrk.RunAsync(new Load("checked", server.Address + "/api/v1/bench/checked", script, server), LoadSeconds);
        await Task.Delay(Until);
        if (kill)
            server.Process.Kill();
        else
            await server.StopAsync();
        var answered = (await load).Requests;
        var lost = Math.Max(0, answered - (await CountedAsync(host) - before));
        return new Loss(answered, lost, lost / (answered / Until.TotalSeconds));
    }

    private static async Task<long> CountedAsync(BenchHost host)
    {
        await using var connection = await host.Database.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT COALESCE(SUM(\"Count\"), 0) FROM \"UsageHours\"";
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }
}

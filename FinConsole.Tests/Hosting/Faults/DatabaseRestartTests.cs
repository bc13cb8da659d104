using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using FinConsole.Core.Data;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.Hosting.Faults;

/// <summary>PostgreSQL stopped and started again while the program serves.</summary>
[Collection(Alone.Name)]
public sealed class DatabaseRestartTests
{
    private static readonly TimeSpan Back = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Nothing_wrong_is_accepted_meanwhile_and_all_is_back_within_five_seconds()
    {
        await using var cluster = await PostgreSqlCluster.StartNewAsync();
        await using var database = new TestDatabase(DatabaseProvider.PostgreSql, cluster.ConnectionString, () => Task.CompletedTask);
        using var installation = await SeededInstallation.MakeAsync(database);
        await using var server = await installation.Process.ServeAsync();
        var acknowledged = new Acknowledged();
        var load = new ChangeLoad(installation, acknowledged);
        var wrong = new ConcurrentQueue<string>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var changing = load.RunAsync(server.Url, stop.Token);
        var watching = WatchAsync(server.Url, acknowledged, wrong, stop.Token);
        while (acknowledged.Invalidated.IsEmpty)
            await Task.Delay(10, Stop);

        await cluster.StopAsync();
        using var client = new HttpClient { BaseAddress = server.Url };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", installation.Access);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await ChangeAsync(client, acknowledged));
        // The health check keeps its answer for a second.
        while (await StatusAsync(client, "/health/ready") == HttpStatusCode.OK)
            await Task.Delay(50, Stop);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, "/health/live"));

        await cluster.StartAsync();
        var started = Stopwatch.GetTimestamp();
        while (await ChangeAsync(client, acknowledged) != HttpStatusCode.NoContent || await StatusAsync(client, "/health/ready") != HttpStatusCode.OK)
            Assert.True(Stopwatch.GetElapsedTime(started) < Back, "It is not back.");

        await stop.CancelAsync();
        await Task.WhenAll(changing, watching);
        Assert.Empty(wrong);
        await Survivors.CheckAsync(installation, acknowledged);
    }

    // A change that may be repeated: ending what has ended.
    private static async Task<HttpStatusCode> ChangeAsync(HttpClient client, Acknowledged acknowledged)
    {
        using var answer = await client.PostAsJsonAsync($"/api/v1/tokens/{acknowledged.Invalidated.Keys.First()}/invalidate", new { reason = "other" }, Stop);
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string address)
    {
        using var answer = await client.GetAsync(address, Stop);
        return answer.StatusCode;
    }

    // What is invalidated is never accepted, whether anybody can look it up or not.
    private static async Task WatchAsync(Uri url, Acknowledged acknowledged, ConcurrentQueue<string> wrong, CancellationToken stop)
    {
        using var client = new HttpClient { BaseAddress = url };
        while (!stop.IsCancellationRequested)
        {
            foreach (var (id, secret) in acknowledged.Invalidated.TakeLast(5))
            {
                using var request = ApiConsole.Get("/api/v1/authorize", ("X-Auth-Token", secret), ("X-Original-URI", "/v1/payments"), ("X-Original-Method", "GET"));
                using var answer = await client.SendAsync(request, CancellationToken.None);
                if (answer.IsSuccessStatusCode)
                    wrong.Enqueue($"{id} was accepted");
            }

            await Task.Yield();
        }
    }
}

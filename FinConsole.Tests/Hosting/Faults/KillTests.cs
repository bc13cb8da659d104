using System.Net;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.Hosting.Faults;

/// <summary>The real program, killed with <c>kill -9</c> at any moment while its tokens are created, rotated, edited and invalidated.</summary>
public sealed class KillTests
{
    // Of every kind, on the whole: of rotations there are many, of invalidations few.
    private const int ChangesBeforeAKill = 6;

    [Fact]
    public Task Loses_nothing_that_was_acknowledged_and_leaves_nothing_half_over_25_kills() => SurvivesAsync(25);

    [Fact]
    [Trait("Category", "Long")]
    public Task Loses_nothing_that_was_acknowledged_and_leaves_nothing_half_over_500_kills() => SurvivesAsync(500);

    private static async Task SurvivesAsync(int kills)
    {
        using var installation = await SeededInstallation.MakeAsync();
        var acknowledged = new Acknowledged();
        var load = new ChangeLoad(installation, acknowledged);
        for (var kill = 0; kill < kills; kill++)
        {
            await using var server = await installation.Process.ServeAsync();
            await RefusesWhatWasInvalidatedAsync(server.Url, acknowledged);
            var before = acknowledged.Count;
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
            var running = load.RunAsync(server.Url, stop.Token);
            // Under load for certain, and then at any moment of it.
            while (acknowledged.Count < before + ChangesBeforeAKill && !running.IsCompleted)
                await Task.Delay(5, Stop);
            await Task.Delay(Random.Shared.Next(300), Stop);
            await server.KillAsync();
            await stop.CancelAsync();
            await running;
            Assert.True(acknowledged.Count > before, string.Join('\n', server.Output));
            await Survivors.CheckAsync(installation, acknowledged);
        }

        Assert.NotEmpty(acknowledged.Created);
        Assert.NotEmpty(acknowledged.Rotated);
        Assert.NotEmpty(acknowledged.Invalidated);
        var verified = await installation.Process.RunAsync("audit", "verify");
        Assert.True(verified.Code == 0, verified.Output + verified.Errors);
    }

    private static async Task RefusesWhatWasInvalidatedAsync(Uri url, Acknowledged acknowledged)
    {
        using var client = new HttpClient { BaseAddress = url };
        foreach (var secret in acknowledged.Invalidated.Values.Take(3))
        {
            using var answer = await client.SendAsync(ApiConsole.Get("/api/v1/whoami", ("X-Auth-Token", secret)), Stop);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }
}

using System.Net;
using FinConsole.Core.Data;
using FinConsole.Core.Usage;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.Hosting.Faults;

/// <summary>SIGTERM, as systemd and container hosts send it.</summary>
public sealed class GracefulStopTests
{
    private const int Requests = 200;

    [Fact]
    public async Task Ends_with_zero_and_has_counted_every_request_that_it_answered()
    {
        using var installation = await SeededInstallation.MakeAsync();
        await using (var server = await installation.Process.ServeAsync())
        {
            using var client = new HttpClient { BaseAddress = server.Url };
            await Parallel.ForEachAsync(Enumerable.Range(0, Requests), Stop, async (_, stop) =>
            {
                using var answer = await client.SendAsync(ApiConsole.Get("/api/v1/whoami", ("X-Auth-Token", installation.Token.Secret.Reveal())), stop);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            });
            Assert.Equal(0, await server.TerminateAsync());
        }

        await using var services = CoreHost.BuildServices(installation.Process.Provider, installation.Process.ConnectionString, TimeProvider.System);
        await using var db = services.GetRequiredService<ConsoleDb>().Open(installation.Tenant.Id);
        Assert.Equal(Requests, await db.Set<UsageHour>().Where(hour => hour.TokenId == installation.Token.Token.Id).SumAsync(hour => hour.Count, Stop));
    }
}

using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using FinConsole.Core.ApiTokens;
using FinConsole.Tests.Fixtures;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace FinConsole.Tests.Hosting;

/// <summary>What a collector really gets over OTLP/HTTP, and what it must never get.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task Sends_metrics_and_traces_to_the_collector_without_any_secret()
    {
        var received = new ConcurrentDictionary<string, string>();
        await using var collector = await CollectAsync(received);
        var token = ApiTokenSecret.Generate(TokenEnvironment.Production).Reveal();
        const string Link = "0123456789canary0123456789";

        await using (var console = new Observed(collector.Urls.Single()))
        {
            await console.InitializeAsync();
            using var client = console.Browser();
            await client.GetAsync($"/account/reset-password?token={Link}", Stop);
            await WebConsole.SignInAsync(client, "not the password");
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            await client.GetAsync("/api/v1/whoami", Stop);
        }

        foreach (var name in new[]
            {
                "finconsole.token.verifications", "finconsole.token.verification.duration", "finconsole.sign_ins", "finconsole.token.snapshot.age",
                "finconsole.usage.lost", "finconsole.usage.flush.lag", "finconsole.circuits", "Unknown", "WrongPassword", "http.server.request.duration",
            })
            Assert.Contains(name, received["/v1/metrics"], StringComparison.Ordinal);
        Assert.Contains("http.request.method", received["/v1/traces"], StringComparison.Ordinal);
        foreach (var secret in new[] { token, token[11..^4], Link, WebConsole.Email, "not the password" })
            Assert.All(received.Values, body => Assert.DoesNotContain(secret, body, StringComparison.Ordinal));
    }

    // Protocol buffers hold texts as they are, so that a search finds them.
    private static async Task<WebApplication> CollectAsync(ConcurrentDictionary<string, string> received)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            received.AddOrUpdate(http.Request.Path, _ => Encoding.Latin1.GetString(body.ToArray()), (_, earlier) => earlier + Encoding.Latin1.GetString(body.ToArray()));
        });
        await app.StartAsync(Stop);
        return app;
    }

    private sealed class Observed(string collector) : WebConsole
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("OpenTelemetry:Endpoint", collector);
        }
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text;
using System.Threading.Channels;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.Profile;
using FinConsole.Tests.Fixtures;
using FinConsole.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Xunit;

namespace FinConsole.Tests.Hosting;

/// <summary>What a collector really gets over OTLP/HTTP, and what it must never get.</summary>
[Collection(Alone.Name)] // Spans are the process's: those of another test's host would be among these.
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

    [Fact]
    public async Task Spans_are_named_by_method_and_route_and_hold_nothing_that_a_client_wrote()
    {
        var received = new ConcurrentDictionary<string, string>();
        await using var collector = await CollectAsync(received);
        var pasted = ApiTokenSecret.Generate(TokenEnvironment.Production).Reveal();

        await using (var console = new Observed(collector.Urls.Single()))
        {
            await console.InitializeAsync();
            using var client = console.Browser();
            client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", pasted);
            client.DefaultRequestHeaders.Add("Referer", $"https://localhost/{pasted}");
            client.DefaultRequestHeaders.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
            client.DefaultRequestHeaders.Add("tracestate", $"vendor={pasted}");
            client.DefaultRequestHeaders.Add("baggage", $"key={pasted}");
            await client.GetAsync($"/api/v1/tokens/{Guid.CreateVersion7()}?token={pasted}", Stop);
            await client.GetAsync($"/api/v1/tokens/{pasted}", Stop);
            await client.GetAsync($"/nothing/{pasted}", Stop);
            await client.GetAsync("/account/confirm-email", Stop);
            await client.PostAsync("/api/v1/sessions", new StringContent($"{{\"password\":\"{pasted}\"}}", Encoding.UTF8, "application/json"), Stop);
            await client.SendAsync(new HttpRequestMessage(new HttpMethod(pasted[..20]), "/health/live"), Stop);
            await WebConsole.SignInAsync(client);
            client.DefaultRequestHeaders.Add("Accept", "text/html");
            Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/nothing/{pasted}", Stop)).StatusCode);
        }

        var spans = received["/v1/traces"];
        foreach (var text in new[]
            {
                "GET /api/v1/tokens/{id:guid}", "GET /account/login", "GET /account/confirm-email", "REDACTED",
                "http.route", "url.path", "http.response.status_code", "http.request.method", "error.type",
            })
            Assert.Contains(text, spans, StringComparison.Ordinal);
        foreach (var text in new[] { "url.query", "user_agent", "server.address", "client.address", "vendor=", ConsoleUrls.NotFound, ConsoleUrls.Error })
            Assert.DoesNotContain(text, spans, StringComparison.Ordinal);
        Assert.All(received.Values, body => Assert.DoesNotContain(pasted[..20], body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Spans_carry_what_the_conventions_name_and_nothing_else()
    {
        const string Template = "/api/v1/tokens/{id:guid}";
        await using var console = new Observed("http://127.0.0.1:1");
        await console.InitializeAsync();
        using var client = console.Browser();
        Assert.Equal("GET /account/login; Unset; http.response.status_code=200, http.route=/account/login, url.path=/account/login", await SpanOfAsync(HttpMethod.Get, "/account/login?returnUrl=%2F"));
        await WebConsole.SignInAsync(client);

        Assert.Equal($"GET {Template}; Unset; http.response.status_code=401, http.route={Template}, url.path={Template}", await SpanOfAsync(HttpMethod.Get, $"/api/v1/tokens/{Guid.CreateVersion7()}?a=b"));
        Assert.Equal("GET; Unset; http.response.status_code=404, url.path=REDACTED", await SpanOfAsync(HttpMethod.Get, "/nothing/here"));
        Assert.Equal("POST; Unset; http.response.status_code=405, url.path=REDACTED", await SpanOfAsync(HttpMethod.Post, "/nothing/here"));
        Assert.StartsWith("HTTP", await SpanOfAsync(new HttpMethod("SECRET"), "/nothing/here"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP", await SpanOfAsync(new HttpMethod("SECRET"), "/health/live"), StringComparison.Ordinal);
        Assert.Equal(
            "GET /account/confirm-email; Error; error.type=500, http.response.status_code=500, http.route=/account/confirm-email, url.path=/account/confirm-email",
            await SpanOfAsync(HttpMethod.Get, "/account/confirm-email"));

        async Task<string> SpanOfAsync(HttpMethod method, string path)
        {
            using var request = new HttpRequestMessage(method, path);
            request.Headers.Add("Accept", "text/html");
            request.Headers.Add("traceparent", Observed.Parent);
            await client.SendAsync(request, Stop);
            return await console.NextSpanAsync();
        }
    }

    [Fact]
    public async Task A_page_about_an_error_that_fails_itself_names_no_span()
    {
        await using var console = new Observed("http://127.0.0.1:1", failing: ConsoleUrls.NotFound);
        await console.InitializeAsync();
        using var client = console.Browser();
        await WebConsole.SignInAsync(client);

        client.DefaultRequestHeaders.Add("Accept", "text/html");
        client.DefaultRequestHeaders.Add("traceparent", Observed.Parent);
        Assert.Equal(HttpStatusCode.InternalServerError, (await client.GetAsync("/nothing/here", Stop)).StatusCode);

        Assert.Equal("GET; Error; error.type=500, http.response.status_code=500, url.path=REDACTED", await console.NextSpanAsync());
    }

    [Fact]
    public async Task Without_a_collector_nothing_listens()
    {
        await using var console = new WebConsole();
        await using var collecting = new Observed("http://127.0.0.1:1");

        Assert.Null(console.Services.GetService<TracerProvider>());
        Assert.Null(console.Services.GetService<MeterProvider>());
        Assert.NotNull(collecting.Services.GetService<TracerProvider>());
        Assert.NotNull(collecting.Services.GetService<MeterProvider>());
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

    private sealed class Observed(string collector, string? failing = null) : WebConsole
    {
        /// <summary>The trace that is watched.</summary>
        public const string Parent = $"00-{Trace}-b7ad6b7169203331-01";
        private const string Trace = "1bf7651916cd43dd8448eb211c80319d";

        // Beside the five, what the conventions name has one value in all these tests.
        private static readonly string[] Constant = ["http.request.method", "url.scheme", "network.protocol.version"];
        private readonly Channel<string> _spans = Channel.CreateUnbounded<string>();

        /// <summary>A span as it is sent: name, status, and what it carries.</summary>
        public async Task<string> NextSpanAsync() => await _spans.Reader.ReadAsync(Stop).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Stop);

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("OpenTelemetry:Endpoint", collector);
            // A page that fails.
            builder.ConfigureTestServices(services =>
            {
                services.AddSingleton<ConfirmEmailChange>(_ => throw new InvalidOperationException("broken"));
                // Added after the program's own, and so it sees what they leave.
                services.ConfigureOpenTelemetryTracerProvider(traces => traces.AddProcessor(new Watch(_spans.Writer)));
                if (failing is not null)
                    services.AddHttpContextAccessor().AddTransient<IClaimsTransformation>(each => new FailingAt(failing, each.GetRequiredService<IHttpContextAccessor>()));
            });
        }

        private sealed class Watch(ChannelWriter<string> spans) : BaseProcessor<Activity>
        {
            public override void OnEnd(Activity data)
            {
                if (data.TraceId.ToHexString() == Trace)
                    spans.TryWrite(Line(data));
            }

            private static string Line(Activity data) =>
                $"{data.DisplayName}; {data.Status}; {string.Join(", ", data.TagObjects.Where(tag => !Constant.Contains(tag.Key)).Select(tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal))}";
        }

        // As a database that is too slow to find a session while it is under load.
        private sealed class FailingAt(string path, IHttpContextAccessor http) : IClaimsTransformation
        {
            public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal) =>
                http.HttpContext!.Request.Path == path ? throw new TimeoutException("slow") : Task.FromResult(principal);
        }
    }
}

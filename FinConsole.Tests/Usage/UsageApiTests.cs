using System.Net;
using System.Text.Json;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Lifecycle;
using FinConsole.Core.Data;
using FinConsole.Core.Usage;
using FinConsole.Core.Usage.Failures;
using FinConsole.Core.Usage.Recording;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.Usage;

/// <summary>What the API's own routes count, what gateways report, and what programs read of it.</summary>
public sealed class UsageApiTests(UsageApiTests.Console console) : IClassFixture<UsageApiTests.Console>
{
    private const string Client = "203.0.113.7";

    public sealed class Console : ApiConsole
    {
        protected override IEnumerable<(string Name, string Value)> Settings => [("Gateway:Trusted:0", "127.0.0.1")];
    }

    [Fact]
    public async Task A_request_is_counted_under_its_route_and_its_token_was_used()
    {
        var token = await console.MakeTokenAsync("Counted", "read:usage");
        await AskAsync(token, HttpMethod.Get, "/api/v1/whoami");
        await AskAsync(token, HttpMethod.Get, "/api/v1/whoami");
        await AskAsync(token, HttpMethod.Get, "/api/v1/usage?by=day");
        await AskAsync(token, HttpMethod.Get, "/api/v1/usage?by=week");

        Assert.Equal(
            new HashSet<(string, UsageStatus, long)> { ("GET /api/v1/whoami", UsageStatus.Success, 2), ("GET /api/v1/usage", UsageStatus.Success, 1), ("GET /api/v1/usage", UsageStatus.ClientError, 1) },
            await CountedAsync(token));
        var row = await ReadAsync(token.Token.Id);
        Assert.Equal((Client, "GET /api/v1/usage"), (row.LastUsedIp, row.LastUsedEndpoint));
        await using var db = Db();
        Assert.Equal("read:usage", (await db.Set<TokenScopeUse>().SingleAsync(use => use.TokenId == token.Token.Id, Stop)).Scope);
    }

    [Theory]
    [InlineData("from=2026-03-01T10:00:00-14:00&to=2026-03-02T10:00:00-14:00", "from=2026-03-02T00:00:00Z&to=2026-03-03T00:00:00Z", "hour")]
    [InlineData("from=2026-03-01T10:00:00-14:00&to=2026-03-02T10:00:00-14:00", "from=2026-03-02T00:00:00Z&to=2026-03-03T00:00:00Z", "day")]
    [InlineData("from=2026-03-01T10:00:00%2B05:45&to=2026-03-02T10:00:00%2B05:45", "from=2026-03-01T04:15:00Z&to=2026-03-02T04:15:00Z", "day")]
    [InlineData("to=2026-03-02T10:00:00-14:00", "to=2026-03-03T00:00:00Z", "day")]
    public async Task A_period_is_answered_in_UTC_by_whatever_offset_it_was_sent(string sent, string inUtc, string by)
    {
        var member = await console.SignInAsync(console.Tenant.Admin);

        var (answer, body) = await console.SendAsync(HttpMethod.Get, $"/api/v1/usage?by={by}&{sent}", null, member);

        Assert.True(answer.IsSuccessStatusCode, $"{body}");
        Assert.Equal((await console.SendAsync(HttpMethod.Get, $"/api/v1/usage?by={by}&{inUtc}", null, member)).Body.GetRawText(), body.GetRawText());
        var texts = new[] { body.GetProperty("from"), body.GetProperty("to") }.Concat(body.GetProperty("steps").EnumerateArray().SelectMany(step => new[] { step.GetProperty("from"), step.GetProperty("to") }));
        Assert.All(texts, time => Assert.Matches(@"(Z|\+00:00)$", time.GetString()));
    }

    [Fact]
    public async Task Refusals_of_known_tokens_are_counted_and_noted_by_their_reason()
    {
        var ended = await console.MakeTokenAsync("Ended");
        await console.Services.GetRequiredService<InvalidateApiToken>().HandleAsync(new InvalidateApiTokenRequest(ended.Token.Id, InvalidationReason.Other, null), console.Tenant.Developer.Actor, Stop);
        var narrow = await console.MakeTokenAsync("Narrow", "read:payments");
        var fenced = await console.MakeTokenAsync(console.Tenant, "Fenced", "198.51.100.0/24", "read:usage");
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(ended, HttpMethod.Get, "/api/v1/whoami"));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(narrow, HttpMethod.Get, "/api/v1/usage"));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(narrow, HttpMethod.Get, "/api/v1/tokens/0199a3c2-1111-7222-8333-444455556666"));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(fenced, HttpMethod.Get, "/api/v1/usage"));

        Assert.Equal(("GET /api/v1/whoami", UsageStatus.ClientError, 1L), Assert.Single(await CountedAsync(ended)));
        Assert.Contains(("GET /api/v1/tokens/{id}", UsageStatus.ClientError, 1L), await CountedAsync(narrow));
        Assert.Null((await ReadAsync(narrow.Token.Id)).LastUsedAt);
        await using var db = Db();
        var ids = new[] { ended.Token.Id, narrow.Token.Id, fenced.Token.Id };
        Assert.Equal(
            new HashSet<(Guid, TokenFailureReason, string, long)>
            {
                (ended.Token.Id, TokenFailureReason.Ended, Client, 1),
                (narrow.Token.Id, TokenFailureReason.ScopeMissing, Client, 1),
                (narrow.Token.Id, TokenFailureReason.NotForTokens, Client, 1),
                (fenced.Token.Id, TokenFailureReason.IpNotAllowed, Client, 1),
            },
            (await db.Set<TokenFailure>().Where(failure => ids.Contains(failure.TokenId)).ToListAsync(Stop)).Select(failure => (failure.TokenId, failure.Reason, failure.Ip, failure.Count)).ToHashSet());
    }

    [Fact]
    public async Task A_verification_for_a_gateway_is_counted_as_one_whose_answer_is_not_known()
    {
        var token = await console.MakeTokenAsync("Verified", "read:*");
        using var request = ApiConsole.Get("/api/v1/authorize", ("X-Auth-Token", token.Secret.Reveal()), ("X-Forwarded-For", Client), ("X-Original-URI", "/v1/payments/7"), ("X-Original-Method", "GET"));
        using var answer = await console.Api.SendAsync(request, Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        Assert.Equal(("GET /api/v1/authorize", UsageStatus.Verified, 1L), Assert.Single(await CountedAsync(token)));
        Assert.Equal(Client, (await ReadAsync(token.Token.Id)).LastUsedIp);
    }

    [Fact]
    public async Task A_gateway_reports_and_a_program_with_the_scope_reads_it()
    {
        var service = await console.MakeServiceTokenAsync("edge");
        var token = await console.MakeTokenAsync("Reported", "read:usage");
        var now = console.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var report = new
        {
            items = new[]
            {
                new { tokenId = token.Token.Id, method = "get", path = "/v1/payments/42?x=1", status = 200, at = now, ip = (string?)Client },
                new { tokenId = token.Token.Id, method = "POST", path = "/payments", status = 503, at = now, ip = (string?)null },
                new { tokenId = Guid.NewGuid(), method = "GET", path = "/payments", status = 200, at = now, ip = (string?)null },
            },
        };
        var answer = await SendAsync(service.Reveal(), HttpMethod.Post, "/api/v1/usage", report);
        Assert.Equal((HttpStatusCode.OK, """{"counted":2,"skipped":1}"""), answer);
        Assert.Equal(
            new HashSet<(string, UsageStatus, long)> { ("GET /payments/…", UsageStatus.Success, 1), ("POST /payments", UsageStatus.ServerError, 1) }, await CountedAsync(token));

        var (status, body) = await SendAsync(token.Secret.Reveal(), HttpMethod.Get, $"/api/v1/usage?from={Uri.EscapeDataString(now.AddDays(-1).ToString("O"))}&by=hour");
        Assert.Equal(HttpStatusCode.OK, status);
        using var shown = JsonDocument.Parse(body);
        Assert.Equal("hour", shown.RootElement.GetProperty("by").GetString());
        var mine = shown.RootElement.GetProperty("tokens").EnumerateArray().Single(each => each.GetProperty("tokenId").GetGuid() == token.Token.Id);
        Assert.Equal((2, 1), (mine.GetProperty("counts").GetProperty("requests").GetInt32(), mine.GetProperty("counts").GetProperty("serverError").GetInt32()));
    }

    [Theory]
    [InlineData("tokenId", "00000000-0000-0000-0000-000000000000")]
    [InlineData("method", "GET /")]
    [InlineData("method", "")]
    [InlineData("path", "payments")]
    [InlineData("status", "99")]
    [InlineData("status", "600")]
    [InlineData("at", "2020-01-01T00:00:00Z")]
    [InlineData("at", "2099-01-01T00:00:00Z")]
    [InlineData("ip", "localhost")]
    public async Task One_faulty_item_refuses_the_whole_report_and_is_named_by_its_index(string field, string value)
    {
        var token = await console.MakeTokenAsync($"Faulty {field} {value.Replace(':', ' ')}");
        var service = await console.MakeServiceTokenAsync($"faulty {field} {value.Replace(':', ' ').Replace('/', ' ')}");
        var good = new Dictionary<string, object>
        {
            ["tokenId"] = token.Token.Id,
            ["method"] = "GET",
            ["path"] = "/payments",
            ["status"] = 200,
            ["at"] = console.Services.GetRequiredService<TimeProvider>().GetUtcNow(),
            ["ip"] = Client,
        };
        var bad = new Dictionary<string, object>(good) { [field] = field == "status" ? int.Parse(value, System.Globalization.CultureInfo.InvariantCulture) : value };

        var (status, body) = await SendAsync(service.Reveal(), HttpMethod.Post, "/api/v1/usage", new { items = new[] { good, good, bad } });

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains($"items[2].{field}", body, StringComparison.Ordinal);
        Assert.Empty(await CountedAsync(token));
    }

    [Theory]
    [InlineData("yyyy-MM-ddTHH:mm:ss")]
    [InlineData("yyyy-MM-ddTHH:mm")]
    [InlineData("yyyy-MM-dd")]
    public async Task A_time_without_an_offset_is_refused_because_nobody_knows_which_hour_it_means(string format)
    {
        var token = await console.MakeTokenAsync($"Hour {format.Length}");
        var service = await console.MakeServiceTokenAsync($"hour {format.Length}");
        var at = console.Services.GetRequiredService<TimeProvider>().GetUtcNow().ToString(format, System.Globalization.CultureInfo.InvariantCulture);

        var (status, body) = await SendAsync(
            service.Reveal(), HttpMethod.Post, "/api/v1/usage", new { items = new[] { new { tokenId = token.Token.Id, method = "GET", path = "/payments", status = 200, at } } });

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("items[0].at", body, StringComparison.Ordinal);
        Assert.Empty(await CountedAsync(token));
    }

    [Theory]
    [InlineData(0, HttpStatusCode.BadRequest)]
    [InlineData(1000, HttpStatusCode.OK)]
    [InlineData(1001, HttpStatusCode.BadRequest)]
    public async Task Takes_a_thousand_items_at_a_time(int count, HttpStatusCode expected)
    {
        var service = await console.MakeServiceTokenAsync($"bulk {count}");
        var item = new { tokenId = Guid.NewGuid(), method = "GET", path = "/payments", status = 200, at = console.Services.GetRequiredService<TimeProvider>().GetUtcNow() };
        Assert.Equal(expected, (await SendAsync(service.Reveal(), HttpMethod.Post, "/api/v1/usage", new { items = Enumerable.Repeat(item, count) })).Status);
    }

    [Fact]
    public async Task Only_services_report_and_only_tokens_with_the_scope_read()
    {
        var wide = await console.MakeTokenAsync("Wide", "read:*");
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(wide.Secret.Reveal(), HttpMethod.Post, "/api/v1/usage", new { items = Array.Empty<object>() })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(wide.Secret.Reveal(), HttpMethod.Get, "/api/v1/usage")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(null, HttpMethod.Get, "/api/v1/usage")).Status);
    }

    [Theory]
    [InlineData("from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z")]
    [InlineData("from=2025-01-01T00:00:00Z&to=2026-01-01T00:00:00Z&by=hour")]
    [InlineData("to=0001-01-01T00:00:00Z")]
    [InlineData("to=9999-12-31T23:59:59Z")]
    [InlineData("from=yesterday")]
    [InlineData("by=week")]
    public async Task A_bad_period_is_a_malformed_request(string query)
    {
        var token = await console.MakeTokenAsync("Period " + query.GetHashCode(StringComparison.Ordinal), "read:usage");
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(token.Secret.Reveal(), HttpMethod.Get, "/api/v1/usage?" + query)).Status);
    }

    private ConsoleDbContext Db() => console.Services.GetRequiredService<ConsoleDb>().Open(console.Tenant.Id);

    private async Task<ApiToken> ReadAsync(Guid id)
    {
        await using var db = Db();
        return await db.Set<ApiToken>().AsNoTracking().SingleAsync(token => token.Id == id, Stop);
    }

    private async Task<HashSet<(string, UsageStatus, long)>> CountedAsync(NewApiToken token)
    {
        await console.Services.GetRequiredService<UsageFlush>().RunAsync(Stop);
        await using var db = Db();
        return [.. (await db.Set<UsageHour>().AsNoTracking().Where(hour => hour.TokenId == token.Token.Id).ToListAsync(Stop)).Select(hour => (hour.Endpoint, hour.Status, hour.Count))];
    }

    private async Task<HttpStatusCode> AskAsync(NewApiToken token, HttpMethod method, string path) => (await SendAsync(token.Secret.Reveal(), method, path)).Status;

    private async Task<(HttpStatusCode Status, string Body)> SendAsync(string? credential, HttpMethod method, string path, object? body = null)
    {
        using var request = ApiConsole.Request(method, path, body, ("X-Forwarded-For", Client));
        if (credential is not null)
            request.Headers.TryAddWithoutValidation("X-Auth-Token", credential);
        using var answer = await console.Api.SendAsync(request, Stop);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }
}

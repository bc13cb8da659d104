using System.Net;
using System.Text.Json;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Data;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.ApiTokens;

/// <summary>A token's whole life over HTTP.</summary>
public sealed class TokensApiTests(ApiConsole console) : IClassFixture<ApiConsole>
{
    private const string Tokens = "/api/v1/tokens";

    [Fact]
    public async Task A_token_is_made_used_edited_disabled_rotated_retired_and_invalidated()
    {
        var developer = await console.SignInAsync(console.Tenant.Developer);

        var (created, token) = await console.SendAsync(HttpMethod.Post, Tokens, Body("Whole life"), developer);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        var id = token.GetProperty("id").GetGuid();
        Assert.Equal($"{Tokens}/{id}", created.Headers.Location!.OriginalString);
        Assert.Equal("active", Text(token, "status"));
        var secret = Text(token, "secret")!;
        Assert.Equal(HttpStatusCode.OK, await UseAsync(secret));

        var (_, again) = await console.SendAsync(HttpMethod.Get, $"{Tokens}/{id}", null, developer);
        Assert.False(again.TryGetProperty("secret", out _));
        Assert.Equal(["read:payments"], again.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()));

        var (_, edited) = await console.SendAsync(HttpMethod.Patch, $"{Tokens}/{id}", new { name = "Another name", allowlist = new[] { "192.0.2.0/24" }, holder = "" }, developer);
        Assert.Equal(("Another name", "192.0.2.0/24"), (Text(edited, "name"), edited.GetProperty("allowlist")[0].GetString()));
        Assert.Equal(HttpStatusCode.Forbidden, await UseAsync(secret));
        await console.SendAsync(HttpMethod.Patch, $"{Tokens}/{id}", new { allowlist = Array.Empty<string>() }, developer);

        Assert.Equal(HttpStatusCode.NoContent, (await console.SendAsync(HttpMethod.Post, $"{Tokens}/{id}/disable", null, developer)).Answer.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await UseAsync(secret));
        Assert.Equal(HttpStatusCode.NoContent, (await console.SendAsync(HttpMethod.Post, $"{Tokens}/{id}/enable", null, developer)).Answer.StatusCode);

        var (rotated, successor) = await console.SendAsync(HttpMethod.Post, $"{Tokens}/{id}/rotate", new { overlap = "1H", cashier = Cashier }, developer);
        Assert.Equal((HttpStatusCode.Created, id), (rotated.StatusCode, successor.GetProperty("predecessorId").GetGuid()));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK], [await UseAsync(secret), await UseAsync(Text(successor, "secret")!)]);

        Assert.Equal(HttpStatusCode.NoContent, (await console.SendAsync(HttpMethod.Post, $"{Tokens}/{id}/retire", null, developer)).Answer.StatusCode);
        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.OK], [await UseAsync(secret), await UseAsync(Text(successor, "secret")!)]);

        var next = successor.GetProperty("id").GetGuid();
        for (var twice = 0; twice < 2; twice++)
        {
            var (ended, _) = await console.SendAsync(HttpMethod.Post, $"{Tokens}/{next}/invalidate", new { reason = "compromised", comment = "seen in a log" }, developer);
            Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
            Assert.Equal(HttpStatusCode.Unauthorized, await UseAsync(Text(successor, "secret")!));
        }

        var (_, last) = await console.SendAsync(HttpMethod.Get, $"{Tokens}/{next}", null, developer);
        Assert.Equal(("invalidated", "compromised"), (Text(last, "status"), Text(last, "endedReason")));
    }

    [Fact]
    public async Task The_list_is_paged_newest_first_and_filtered()
    {
        var tenant = await TestTenants.NewTenantAsync(console.Services);
        var reviewer = await console.SignInAsync(tenant.Reviewer);
        foreach (var name in new[] { "One", "Two", "Three" })
            await console.MakeTokenAsync(tenant, name, "", "read:*");

        var (_, first) = await console.SendAsync(HttpMethod.Get, $"{Tokens}?limit=2", null, reviewer);
        var (_, second) = await console.SendAsync(HttpMethod.Get, $"{Tokens}?limit=2&cursor={Text(first, "nextCursor")}", null, reviewer);
        var (_, none) = await console.SendAsync(HttpMethod.Get, $"{Tokens}?status=Disabled&environment=STAGING", null, reviewer);

        Assert.Equal(["Three", "Two", "One"], first.GetProperty("items").EnumerateArray().Concat(second.GetProperty("items").EnumerateArray()).Select(token => Text(token, "name")));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("nextCursor").ValueKind);
        Assert.Equal(0, none.GetProperty("items").GetArrayLength());
    }

    [Theory]
    [InlineData("?limit=0", "limit")]
    [InlineData("?limit=201", "limit")]
    [InlineData("?limit=ten", "limit")]
    [InlineData("?cursor=not%20one", "cursor")]
    [InlineData("?status=broken", "status")]
    [InlineData("?environment=test", "environment")]
    public async Task A_malformed_question_is_told_by_field(string query, string field)
    {
        var (answer, problem) = await console.SendAsync(HttpMethod.Get, Tokens + query, null, await console.SignInAsync(console.Tenant.Reviewer));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.GetRawText());
    }

    [Theory]
    [InlineData("name", "", 400, "name")]
    [InlineData("environment", "test", 400, "environment")]
    [InlineData("expiry", "2y", 422, "expiry")]
    [InlineData("holder", "\u0000", 400, "holder")]
    public async Task What_cannot_be_made_is_told_by_field_and_nothing_is_made(string field, string value, int status, string told)
    {
        var body = new Dictionary<string, object?>(Body($"Never {field}")) { [field] = value };
        var (answer, problem) = await console.SendAsync(HttpMethod.Post, Tokens, body, await console.SignInAsync(console.Tenant.Developer));

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.True(problem.GetProperty("errors").TryGetProperty(told, out _), problem.GetRawText());
        Assert.Equal(0, await CountAsync($"Never {field}"));
    }

    [Fact]
    public async Task A_wrong_cashier_a_taken_name_and_wider_scopes_are_refused()
    {
        var developer = await console.SignInAsync(console.Tenant.Developer);
        var (_, token) = await console.SendAsync(HttpMethod.Post, Tokens, Body("Taken"), developer);
        var id = token.GetProperty("id").GetGuid();

        var wrong = new Dictionary<string, object?>(Body("No cashier")) { ["cashier"] = new { email = console.Tenant.Cashier.Email, password = "guessed" } };
        Assert.Equal((422, "cashier_refused"), await RefusalAsync(HttpMethod.Post, Tokens, wrong, developer));
        Assert.Equal((409, "name_taken"), await RefusalAsync(HttpMethod.Post, Tokens, Body("Taken"), developer));
        Assert.Equal((422, "scopes_widen"), await RefusalAsync(HttpMethod.Patch, $"{Tokens}/{id}", new { scopes = new[] { "read:*" } }, developer));
        Assert.Equal((409, "no_overlap"), await RefusalAsync(HttpMethod.Post, $"{Tokens}/{id}/retire", null, developer));
        Assert.Equal((400, "unknown_value"), await RefusalAsync(HttpMethod.Post, $"{Tokens}/{id}/invalidate", new { reason = "bored" }, developer));
    }

    [Fact]
    public async Task Another_tenants_token_is_not_there()
    {
        var stranger = await TestTenants.NewTenantAsync(console.Services);
        var theirs = await console.MakeTokenAsync(stranger, "Theirs", "", "read:*");
        var developer = await console.SignInAsync(console.Tenant.Developer);
        var nowhere = Guid.NewGuid();

        foreach (var id in new[] { theirs.Token.Id, nowhere })
        {
            Assert.Equal((404, "token_not_found"), await RefusalAsync(HttpMethod.Get, $"{Tokens}/{id}", null, developer));
            Assert.Equal((404, "token_not_found"), await RefusalAsync(HttpMethod.Patch, $"{Tokens}/{id}", new { name = "Mine" }, developer));
            Assert.Equal((404, "token_not_found"), await RefusalAsync(HttpMethod.Post, $"{Tokens}/{id}/rotate", new { overlap = "0", cashier = Cashier }, developer));
            Assert.Equal((404, "token_not_found"), await RefusalAsync(HttpMethod.Post, $"{Tokens}/{id}/invalidate", new { reason = "other" }, developer));
            foreach (var verb in new[] { "retire", "disable", "enable" })
                Assert.Equal((404, "token_not_found"), await RefusalAsync(HttpMethod.Post, $"{Tokens}/{id}/{verb}", null, developer));
        }

        Assert.Equal(HttpStatusCode.OK, await UseAsync(theirs.Secret.Reveal()));
    }

    [Fact]
    public async Task A_role_that_may_not_is_refused_and_the_log_says_so()
    {
        var (id, reviewer) = ((await console.MakeTokenAsync("Not a reviewer's")).Token.Id, await console.SignInAsync(console.Tenant.Reviewer));

        Assert.Equal((403, "insufficient_scope"), await RefusalAsync(HttpMethod.Post, $"{Tokens}/{id}/invalidate", new { reason = "other" }, reviewer));
        Assert.Equal((403, "insufficient_scope"), await RefusalAsync(HttpMethod.Get, Tokens, null, await console.SignInAsync(console.Tenant.Cashier)));

        await using var db = console.Services.GetRequiredService<ConsoleDb>().Open(console.Tenant.Id);
        Assert.True(await db.Set<AuditEntry>().AnyAsync(entry => entry.ResourceId == id && entry.Action == AuditAction.TokenInvalidate && entry.Result == AuditResult.Failure, Stop));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\t\n")]
    [InlineData("\u00a0")]
    [InlineData(",")]
    public async Task An_allowlist_with_a_blank_element_does_not_open_the_token_to_every_address(string blank)
    {
        var (id, developer) = ((await console.MakeTokenAsync(console.Tenant, $"Listed {Guid.NewGuid():N}", "192.0.2.0/24")).Token.Id, await console.SignInAsync(console.Tenant.Developer));
        string[][] lists = [[blank], ["192.0.2.0/24", blank]];
        foreach (var allowlist in lists)
        {
            var (answer, problem) = await console.SendAsync(HttpMethod.Patch, $"{Tokens}/{id}", new { allowlist }, developer);

            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.True(problem.GetProperty("errors").TryGetProperty($"allowlist[{allowlist.Length - 1}]", out _), problem.GetRawText());
        }

        var (_, kept) = await console.SendAsync(HttpMethod.Get, $"{Tokens}/{id}", null, developer);
        Assert.Equal("192.0.2.0/24", Assert.Single(kept.GetProperty("allowlist").EnumerateArray().ToList()).GetString());
    }

    [Fact]
    public async Task One_key_and_body_make_one_token_however_often_they_come()
    {
        var developer = await console.SignInAsync(console.Tenant.Developer);
        var key = ("Idempotency-Key", $"key-{Guid.NewGuid():N}");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => console.SendAsync(HttpMethod.Post, Tokens, Body("Once"), developer, key)));
        var made = Assert.Single(answers, answer => answer.Answer.StatusCode == HttpStatusCode.Created).Body.GetProperty("id").GetString();
        // Passwords are checked two at a time; who waits for too long is told to come back, and then finds that it is done.
        var others = answers.Where(answer => answer.Answer.StatusCode is not (HttpStatusCode.Created or HttpStatusCode.TooManyRequests))
            .Append(await console.SendAsync(HttpMethod.Post, Tokens, Body("Once"), developer, key));
        Assert.All(others.Select(answer => answer.Body.GetRawText()), problem =>
        {
            Assert.Contains("\"secret_already_issued\"", problem, StringComparison.Ordinal);
            Assert.Contains($"\"{made}\"", problem, StringComparison.Ordinal);
        });

        Assert.Equal((409, "idempotency_key_reused"), await RefusalAsync(HttpMethod.Post, Tokens, Body("Twice"), developer, key));
        Assert.Equal((400, "malformed_idempotency_key"), await RefusalAsync(HttpMethod.Post, Tokens, Body("Spaces"), developer, ("Idempotency-Key", "a b")));
        Assert.Equal((1, 0), (await CountAsync("Once"), await CountAsync("Twice")));
    }

    [Fact]
    public async Task A_rotation_under_one_key_happens_once()
    {
        var (id, developer) = ((await console.MakeTokenAsync("Rotated once")).Token.Id, await console.SignInAsync(console.Tenant.Developer));
        var key = ("Idempotency-Key", $"key-{Guid.NewGuid():N}");
        var body = new { overlap = "24h", cashier = Cashier };

        var (first, successor) = await console.SendAsync(HttpMethod.Post, $"{Tokens}/{id}/rotate", body, developer, key);
        var (second, problem) = await console.SendAsync(HttpMethod.Post, $"{Tokens}/{id}/rotate", body, developer, key);

        Assert.Equal([HttpStatusCode.Created, HttpStatusCode.Conflict], [first.StatusCode, second.StatusCode]);
        Assert.Equal(("secret_already_issued", Text(successor, "id")), (Text(problem, "code"), Text(problem, "tokenId")));
    }

    [Fact]
    public async Task A_token_may_replace_itself_and_ends_with_its_successors_first_use()
    {
        var token = await console.MakeTokenAsync("Self", "read:*", "rotate:self");
        var old = ("X-API-Key", token.Secret.Reveal());

        var (made, successor) = await console.SendAsync(HttpMethod.Post, "/user/regenerate-api-key", null, old);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Equal(token.Token.ExpiresAt, successor.GetProperty("expiresAt").GetDateTimeOffset());
        Assert.Equal(HttpStatusCode.OK, await UseAsync(token.Secret.Reveal()));
        Assert.Equal((409, "rotated_meanwhile"), await RefusalAsync(HttpMethod.Post, "/user/regenerate-api-key", null, old));

        Assert.Equal(HttpStatusCode.OK, await UseAsync(Text(successor, "secret")!));
        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.OK], [await UseAsync(token.Secret.Reveal()), await UseAsync(Text(successor, "secret")!)]);
        var plain = await console.MakeTokenAsync("Not itself", "read:*");
        Assert.Equal((403, "insufficient_scope"), await RefusalAsync(HttpMethod.Post, "/user/regenerate-api-key", null, ("X-API-Key", plain.Secret.Reveal())));
    }

    private object Cashier => new { email = console.Tenant.Cashier.Email, password = TestMember.Password };

    private Dictionary<string, object?> Body(string name) => new()
    {
        ["name"] = name,
        ["environment"] = "Production",
        ["expiry"] = "6M",
        ["scopes"] = new[] { "read:payments" },
        ["cashier"] = Cashier,
    };

    private static string? Text(JsonElement body, string name) => body.GetProperty(name).GetString();

    private async Task<HttpStatusCode> UseAsync(string secret) => (await console.SendAsync(HttpMethod.Get, "/api/v1/whoami", null, ("X-Auth-Token", secret))).Answer.StatusCode;

    private async Task<(int Status, string? Code)> RefusalAsync(HttpMethod method, string path, object? body, params (string Name, string Value)[] headers)
    {
        var (answer, problem) = await console.SendAsync(method, path, body, headers);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        return ((int)answer.StatusCode, Text(problem, "code"));
    }

    private async Task<int> CountAsync(string name)
    {
        await using var db = console.Services.GetRequiredService<ConsoleDb>().Open(console.Tenant.Id);
        return await db.Set<FinConsole.Core.ApiTokens.ApiToken>().CountAsync(token => token.Name == name, Stop);
    }
}

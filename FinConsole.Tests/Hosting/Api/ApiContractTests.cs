using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using FinConsole.Core.ApiTokens;
using FinConsole.Tests.Fixtures;
using Microsoft.OpenApi;
using Xunit;

namespace FinConsole.Tests.Hosting.Api;

/// <summary>What holds on every route of the API alike, asked of every route that its document names.</summary>
public sealed class ApiContractTests(ApiContractTests.Console console) : IClassFixture<ApiContractTests.Console>
{
    /// <summary>Without limits, which have their own tests.</summary>
    public sealed class Console : ApiConsole
    {
        public ApiDescription Description { get; private set; } = null!;

        protected override IEnumerable<(string Name, string Value)> Settings =>
            new[] { "PerTokenPerMinute", "PerTenantPerMinute", "PerIpPerMinute", "PerAccountPerMinute" }.Select(name => ($"RateLimits:{name}", "0"));

        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            Description = await ApiDescription.ReadAsync(this);
        }
    }

    private IEnumerable<DescribedOperation> All => console.Description.Operations;

    private IEnumerable<DescribedOperation> Guarded => All.Where(operation => !operation.IsOpen);

    [Fact]
    public async Task Without_a_credential_or_with_an_unknown_one_nothing_is_told()
    {
        var stranger = ApiTokenSecret.Generate(TokenEnvironment.Production).Reveal();
        foreach (var operation in Guarded)
        {
            foreach (var headers in new (string, string)[][] { [], [("Authorization", "Bearer " + stranger)], [("X-Auth-Token", stranger)], [("Authorization", "Bearer junk")], [("Authorization", "Basic QTpC")] })
            {
                var (answer, problem) = await AskAsync(operation, null, headers);
                Assert.Equal(($"{operation}", 401, "invalid_token"), ($"{operation}", (int)answer.StatusCode, problem.GetProperty("code").GetString()));
                var bySecret = operation.TakesServices && headers is [(_, "Basic QTpC")];
                var challenge = headers.Length == 0 ? "Bearer" : bySecret ? "Basic realm=\"FinConsole\", charset=\"UTF-8\"" : "Bearer error=\"invalid_token\"";
                Assert.Equal(($"{operation}", challenge), ($"{operation}", answer.Headers.WwwAuthenticate.ToString()));
            }
        }
    }

    [Fact]
    public async Task Junk_in_a_header_for_tokens_and_two_credentials_that_disagree_are_malformed()
    {
        var (one, other) = ((await console.MakeTokenAsync("One")).Secret.Reveal(), (await console.MakeTokenAsync("Other")).Secret.Reveal());
        foreach (var operation in Guarded)
        {
            var takesJwt = operation.Path is "/user/mfa/enable" or "/user/login-history";
            foreach (var junk in new[] { "junk", one[..^1], one + "0" })
            {
                var (answer, problem) = await AskAsync(operation, null, ("X-API-Key", junk));
                var expected = takesJwt && !junk.StartsWith("fc_", StringComparison.Ordinal) ? (401, "invalid_token") : (400, "malformed_token");
                Assert.Equal(($"{operation}", expected), ($"{operation}", ((int)answer.StatusCode, problem.GetProperty("code").GetString()!)));
            }

            foreach (var headers in new (string, string)[][] { [("X-Auth-Token", one), ("X-API-Key", other)], [("X-Auth-Token", one), ("Authorization", "Bearer " + other)] })
            {
                var (answer, problem) = await AskAsync(operation, null, headers);
                Assert.Equal(($"{operation}", 400, "ambiguous_credentials"), ($"{operation}", (int)answer.StatusCode, problem.GetProperty("code").GetString()));
            }
        }

        var (agreed, _) = await console.SendAsync(HttpMethod.Get, "/api/v1/whoami", null, ("X-Auth-Token", one), ("X-API-Key", one), ("Authorization", "Bearer " + one));
        Assert.Equal(HttpStatusCode.OK, agreed.StatusCode);
    }

    [Fact]
    public async Task One_header_twice_is_ambiguous_even_where_both_say_the_same()
    {
        var token = (await console.MakeTokenAsync("Twice")).Secret.Reveal();
        using var socket = new TcpClient();
        await socket.ConnectAsync(console.Address.Host, console.Address.Port, Stop);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET /api/v1/whoami HTTP/1.1\r\nHost: x\r\nX-Auth-Token: {token}\r\nX-Auth-Token: {token}\r\nConnection: close\r\n\r\n"), Stop);

        var answer = await new StreamReader(stream).ReadToEndAsync(Stop);

        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Contains("ambiguous_credentials", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_without_scopes_for_it_and_a_credential_of_another_kind_are_refused()
    {
        var token = (await console.MakeTokenAsync("Weak", "write:accounts")).Secret.Reveal();
        var service = (await console.MakeServiceTokenAsync("contract")).Reveal();
        string[] anyTokens = ["/api/v1/whoami", "/api/v1/encryption-keys/current"];
        foreach (var operation in Guarded)
        {
            var (byToken, problem) = await AskAsync(operation, null, ("X-Auth-Token", token));
            Assert.Equal(($"{operation}", anyTokens.Contains(operation.Path)), ($"{operation}", byToken.StatusCode != HttpStatusCode.Forbidden));
            var needed = problem.ValueKind == JsonValueKind.Object && problem.TryGetProperty("scope", out var scope) ? $"Bearer error=\"insufficient_scope\", scope=\"{scope}\"" : "";
            Assert.Equal(($"{operation}", needed), ($"{operation}", byToken.Headers.WwwAuthenticate.ToString()));
            var (byService, _) = await AskAsync(operation, null, ("X-Auth-Token", service));
            Assert.Equal(($"{operation}", operation.TakesServices), ($"{operation}", byService.StatusCode != HttpStatusCode.Forbidden));
        }
    }

    [Fact]
    public async Task Every_refusal_for_a_scope_or_a_role_names_what_is_missing_in_its_challenge()
    {
        var callers = new List<(string, string)> { ("X-Auth-Token", (await console.MakeTokenAsync("Challenged", "write:accounts")).Secret.Reveal()) };
        foreach (var member in new[] { console.Tenant.Developer, console.Tenant.Reviewer, console.Tenant.Cashier })
            callers.Add(await console.SignInAsync(member));
        var (named, byRole) = (0, 0);
        foreach (var operation in Guarded)
        {
            foreach (var caller in callers)
            {
                var (answer, problem) = await AskAsync(operation, null, caller);
                var missing = (int)answer.StatusCode == 403 && problem.GetProperty("code").GetString() == "insufficient_scope";
                var challenge = answer.Headers.WwwAuthenticate.ToString();
                Assert.Equal(($"{operation}", missing), ($"{operation}", challenge.StartsWith("Bearer error=\"insufficient_scope\"", StringComparison.Ordinal)));
                if (missing && problem.TryGetProperty("scope", out var scope))
                    Assert.Equal($"Bearer error=\"insufficient_scope\", scope=\"{scope}\"", challenge);
                named += challenge.Contains("scope=\"", StringComparison.Ordinal) ? 1 : 0;
                byRole += missing && !problem.TryGetProperty("scope", out _) ? 1 : 0;
            }
        }

        Assert.True(named > 3 && byRole > 0, $"{named} named a scope, {byRole} came from a role");
    }

    [Fact]
    public async Task Each_wrong_method_is_405_and_names_the_right_ones()
    {
        foreach (var path in All.GroupBy(operation => operation.Path))
        {
            var permission = path.Select(operation => operation.Method).ToHashSet();
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post, HttpMethod.Put, HttpMethod.Patch, HttpMethod.Delete }.Except(permission))
            {
                var (answer, problem) = await console.SendAsync(method, path.First().PathWith(Guid.NewGuid().ToString()), null);
                Assert.Equal((path.Key, method, 405, "method_not_allowed"), (path.Key, method, (int)answer.StatusCode, problem.GetProperty("code").GetString()));
                var allowed = answer.Content.Headers.Allow.ToHashSet();
                Assert.Superset(permission.Select(each => each.Method).ToHashSet(), allowed);
                using var head = new HttpRequestMessage(HttpMethod.Head, path.First().PathWith(Guid.NewGuid().ToString()));
                Assert.Equal((path.Key, allowed.Contains("HEAD")), (path.Key, (await console.Api.SendAsync(head, Stop)).StatusCode != HttpStatusCode.MethodNotAllowed));
            }
        }
    }

    [Fact]
    public async Task Each_wrong_body_is_told_apart()
    {
        var (admin, service) = (await console.SignInAsync(console.Tenant.Admin), ("Authorization", "Bearer " + (await console.MakeServiceTokenAsync("bodies")).Reveal()));
        var deep = string.Concat(Enumerable.Repeat("[", 500)) + string.Concat(Enumerable.Repeat("]", 500));
        foreach (var operation in All.Where(operation => operation.BodyType == "application/json"))
        {
            var caller = operation.TakesServices ? service : admin;
            var needed = operation.Json.GetProperty("requestBody").TryGetProperty("required", out var required) && required.GetBoolean();
            foreach (var (body, status) in new[] { (needed ? "" : "{", 400), ("{", 400), ("[]", 400), (needed ? "null" : "{", 400), ("17", 400), ("{\"unheardOf\":1}", 400), (deep, 400), ("{\"a\":1e999}", 400), ("\"" + new string('x', 1024 * 1024) + "\"", 413) })
            {
                var (answer, problem) = await AskAsync(operation, new StringContent(body, Encoding.UTF8, "application/json"), caller);
                Assert.True(status == (int)answer.StatusCode, $"{operation} with {body[..Math.Min(20, body.Length)]}: {(int)answer.StatusCode} {problem}");
                Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            }

            foreach (var type in new[] { "text/plain", "application/xml", "application/x-www-form-urlencoded" })
            {
                var (answer, _) = await AskAsync(operation, new StringContent("{}", new MediaTypeHeaderValue(type)), caller);
                Assert.Equal(($"{operation}", type, 415), ($"{operation}", type, (int)answer.StatusCode));
            }
        }
    }

    [Fact]
    public async Task An_answer_of_no_acceptable_type_is_406()
    {
        var admin = await console.SignInAsync(console.Tenant.Admin);
        var (html, _) = await console.SendAsync(HttpMethod.Get, "/api/v1/whoami", null, admin, ("Accept", "text/html"));
        var (any, _) = await console.SendAsync(HttpMethod.Get, "/api/v1/whoami", null, admin, ("Accept", "text/html, application/*;q=0.5"));

        Assert.Equal([HttpStatusCode.NotAcceptable, HttpStatusCode.OK], [html.StatusCode, any.StatusCode]);
    }

    [Theory]
    [InlineData("/api")]
    [InlineData("/api/v1")]
    [InlineData("/api/v1/nothing")]
    [InlineData("/api/v2/tokens")]
    [InlineData("/api/v1/tokens/not-an-id")]
    [InlineData("/user/elsewhere")]
    [InlineData("/.well-known/nothing")]
    public async Task What_is_not_there_is_a_problem_and_no_page(string path)
    {
        var (answer, problem) = await console.SendAsync(HttpMethod.Get, path, null, ("Accept", "text/html"));

        Assert.Equal((404, "application/problem+json", "no_such_route"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, problem.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Every_answer_may_not_be_kept_and_bears_the_requests_id()
    {
        var (own, _) = await console.SendAsync(HttpMethod.Get, "/api/v1/whoami", null, ("X-Request-Id", "from-our-server.7"));
        var (odd, problem) = await console.SendAsync(HttpMethod.Get, "/api/v1/whoami", null, ("X-Request-Id", "spaces are not well formed"));

        Assert.Equal("from-our-server.7", own.Headers.GetValues("X-Request-Id").Single());
        Assert.Equal(problem.GetProperty("traceId").GetString(), odd.Headers.GetValues("X-Request-Id").Single());
        Assert.True(own.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public void The_document_is_valid()
    {
        var read = OpenApiDocument.Parse(console.Description.Root.GetRawText(), "json");

        Assert.Empty(read.Diagnostic!.Errors.Select(error => error.ToString()));
        Assert.Empty(read.Diagnostic.Warnings.Select(warning => warning.ToString()));
    }

    [Fact]
    public void The_document_names_every_route_of_the_contract()
    {
        string[] contract =
        [
            "POST /api/v1/auth/login", "POST /api/v1/auth/refresh", "POST /api/v1/auth/logout", "GET /.well-known/jwks.json", "GET /api/v1/tokens", "POST /api/v1/tokens",
            "GET /api/v1/tokens/{id}", "PATCH /api/v1/tokens/{id}", "POST /api/v1/tokens/{id}/rotate", "POST /api/v1/tokens/{id}/retire", "POST /api/v1/tokens/{id}/invalidate",
            "POST /api/v1/tokens/{id}/disable", "POST /api/v1/tokens/{id}/enable", "GET /api/v1/whoami", "GET /api/v1/authorize", "HEAD /api/v1/authorize", "POST /api/v1/introspect",
            "POST /api/v1/revoke", "GET /.well-known/oauth-authorization-server", "HEAD /.well-known/oauth-authorization-server", "GET /.well-known/openid-configuration",
            "HEAD /.well-known/openid-configuration",
            "POST /api/v1/usage", "POST /api/v1/payload/decrypt", "GET /api/v1/encryption-keys/current", "POST /api/v1/encryption-keys/rotate", "POST /api/v1/me/password",
            "POST /api/v1/me/mfa", "POST /api/v1/me/mfa/confirm", "DELETE /api/v1/me/mfa", "GET /api/v1/login-history", "GET /api/v1/audit", "GET /api/v1/audit/checkpoint",
            "GET /api/v1/usage", "POST /user/mfa/enable", "GET /user/login-history", "POST /user/regenerate-api-key", "GET /health", "GET /health/live", "GET /health/ready",
            "GET /.well-known/security.txt", "HEAD /health", "HEAD /health/live", "HEAD /health/ready", "HEAD /.well-known/security.txt", "HEAD /.well-known/jwks.json",
            // Gateways ask by any method; those that a document can name are described.
            .. new[] { "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE" }.Select(method => $"{method} /api/v1/authorize"),
        ];

        Assert.Equal(contract.Order(StringComparer.Ordinal), All.Select(operation => operation.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_document_says_in_words_what_each_route_and_field_is()
    {
        var silent = All.Where(operation => !Says(operation.Json, "summary") || !operation.Json.GetProperty("description").GetString()!.EndsWith('.')).Select(operation => operation.ToString())
            .Concat(from schema in console.Description.Root.GetProperty("components").GetProperty("schemas").EnumerateObject()
                    where schema.Value.TryGetProperty("properties", out _)
                    from property in schema.Value.GetProperty("properties").EnumerateObject()
                    where !Says(property.Value, "description") && !property.Value.TryGetProperty("$ref", out _) && !property.Value.TryGetProperty("oneOf", out _)
                    select $"{schema.Name}.{property.Name}");

        Assert.Empty(silent);
    }

    private static bool Says(JsonElement element, string name) => element.TryGetProperty(name, out var text) && text.GetString() is { Length: > 0 };

    private async Task<(HttpResponseMessage Answer, JsonElement Body)> AskAsync(DescribedOperation operation, HttpContent? body, params (string Name, string Value)[] headers)
    {
        // A server that refuses a large body closes the connection; asking first lets the client hear why.
        List<(string, string)> all = [.. headers, .. body is null ? Array.Empty<(string, string)>() : [("Expect", "100-continue")]];
        body ??= operation.BodyType is { } type ? new StringContent(type == "application/json" ? "{}" : "token=x", new MediaTypeHeaderValue(type)) : null;
        return await console.SendAsync(operation.Method, operation.PathWith(Guid.NewGuid().ToString()), body, [.. all]);
    }
}

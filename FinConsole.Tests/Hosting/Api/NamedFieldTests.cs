using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.Hosting.Api;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.Hosting.Api;

/// <summary>
/// What is wrong with a request is named by the place where it stands: a field by its JSON path, a parameter or header by its name. Asked of
/// every field and parameter that the document has; <see cref="RefusalWatch"/> holds all other tests to it as well.
/// </summary>
public sealed class NamedFieldTests(ApiContractTests.Console console) : IClassFixture<ApiContractTests.Console>
{
    private (string, string)? _service;
    private (string, string)? _token;
    private (string, string)? _admin;

    private IEnumerable<DescribedOperation> WithJson => console.Description.Operations.Where(operation => operation.BodyType == "application/json");

    [Fact]
    public async Task Every_field_that_is_missing_null_of_another_type_or_of_an_unknown_word_is_named()
    {
        var (faults, asked) = (new List<string>(), 0);
        foreach (var operation in WithJson)
        {
            var caller = await CallerOfAsync(operation);
            var good = BodySamples.Make(console.Description, operation.BodySchema!.Value);
            foreach (var field in BodySamples.Fields(console.Description, operation.BodySchema.Value))
            {
                foreach (var (what, body) in Broken(good, field))
                {
                    asked++;
                    if (await FaultOfAsync(operation, body, field.Path, caller) is { } fault)
                        faults.Add($"{operation} {field.Path} {what}: {fault}");
                }
            }
        }

        Assert.Empty(faults);
        Assert.True(asked > 80, $"Only {asked} bodies were sent.");
    }

    [Fact]
    public async Task Every_field_that_nobody_knows_is_named()
    {
        var faults = new List<string>();
        foreach (var operation in WithJson)
        {
            var caller = await CallerOfAsync(operation);
            var good = BodySamples.Make(console.Description, operation.BodySchema!.Value);
            var objects = BodySamples.Fields(console.Description, operation.BodySchema.Value).Where(field => field.Kind == "object" && !field.Path.Contains("fields", StringComparison.Ordinal))
                .Select(field => field.Path + ".unheardOf").Prepend("unheardOf");
            foreach (var path in objects)
            {
                if (await FaultOfAsync(operation, BodySamples.With(good, path, () => JsonValue.Create(1)), path, caller) is { } fault)
                    faults.Add($"{operation} {path}: {fault}");
            }
        }

        Assert.Empty(faults);
    }

    [Fact]
    public async Task Every_error_of_a_body_is_named_at_once()
    {
        var admin = await console.SignInAsync(console.Tenant.Admin);
        var (_, problem) = await console.SendAsync(HttpMethod.Post, "/api/v1/tokens", new { name = 7, scopes = new object?[] { "read:*", null, 3 }, colour = "red" }, admin);

        Assert.Equal("malformed_json", problem.GetProperty("code").GetString());
        Assert.Equal(["cashier", "colour", "environment", "expiry", "name", "scopes[1]", "scopes[2]"], Places(problem).Order(StringComparer.Ordinal));
        Assert.Equal("This is missing. Send an object.", problem.GetProperty("errors").GetProperty("cashier")[0].GetString());
    }

    [Fact]
    public async Task An_unknown_scope_and_a_network_that_is_none_are_named_by_their_places()
    {
        var admin = await console.SignInAsync(console.Tenant.Admin);
        var cashier = new { email = console.Tenant.Cashier.Email, password = TestMember.Secret.Reveal() };
        var token = (await console.MakeTokenAsync("Named", "read:*", "write:*")).Token.Id;
        string[] scopes = ["read:*", "read:everything"];
        string[] allowlist = ["203.0.113.0/24", "10.0.0.0/8", "nowhere"];

        var (_, made) = await console.SendAsync(
            HttpMethod.Post, "/api/v1/tokens", new { name = "Named too", environment = "staging", expiry = "24h", scopes, allowlist, cashier }, admin);
        var (_, edited) = await console.SendAsync(HttpMethod.Patch, $"/api/v1/tokens/{token}", new { scopes, allowlist }, admin);

        foreach (var problem in new[] { made, edited })
        {
            Assert.Equal(["allowlist[2]", "scopes[1]"], Places(problem).Order(StringComparer.Ordinal));
            Assert.Contains("read:everything", problem.GetProperty("errors").GetProperty("scopes[1]")[0].GetString(), StringComparison.Ordinal);
            Assert.Contains("nowhere", problem.GetProperty("errors").GetProperty("allowlist[2]")[0].GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Every_query_parameter_that_is_not_understood_is_refused_by_name()
    {
        var (faults, asked) = (new List<string>(), 0);
        foreach (var operation in console.Description.Operations.Where(operation => !operation.IsOpen))
        {
            var caller = await CallerOfAsync(operation);
            foreach (var (name, query) in BrokenQueries(operation))
            {
                asked++;
                var body = operation.BodyType is { } type ? new StringContent(type == "application/json" ? "{}" : "token=x", Encoding.UTF8, type) : null;
                var (answer, problem) = await console.SendAsync(operation.Method, operation.PathWith(Guid.NewGuid().ToString()) + query, body, caller);
                if ((int)answer.StatusCode != 400 || !Places(problem).Contains(name))
                    faults.Add($"{operation}{query}: {(int)answer.StatusCode} {problem}");
            }
        }

        Assert.Empty(faults);
        Assert.True(asked > 60, $"Only {asked} queries were sent.");
    }

    [Fact]
    public async Task Who_may_not_is_refused_before_body_and_query_are_looked_at()
    {
        var faults = new List<string>();
        var routes = console.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();
        var permissions = routes.Where(route => route.Metadata.GetMetadata<ApiAccess>()?.Permission is not null && route.Metadata.GetMetadata<IEndpointNameMetadata>() is not null)
            .ToDictionary(route => route.Metadata.GetMetadata<IEndpointNameMetadata>()!.EndpointName, route => route.Metadata.GetMetadata<ApiAccess>()!.Permission!.Value);
        foreach (var member in new[] { console.Tenant.Developer, console.Tenant.Reviewer, console.Tenant.Cashier })
        {
            var caller = await console.SignInAsync(member);
            foreach (var operation in console.Description.Operations.Where(each => permissions.TryGetValue(each.Json.GetProperty("operationId").GetString()!, out var permission) && !member.Role.May(permission)))
            {
                foreach (var body in new[] { "", "[", "{\"unheardOf\":1}" })
                {
                    var content = operation.BodyType is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
                    var (answer, problem) = await console.SendAsync(operation.Method, operation.PathWith(Guid.NewGuid().ToString()) + "?unheardOf=1&limit=x", content, caller);
                    if ((int)answer.StatusCode != 403 || problem.GetProperty("code").GetString() != "insufficient_scope")
                        faults.Add($"{operation} by {member.Role} with {body}: {(int)answer.StatusCode} {problem}");
                }
            }
        }

        Assert.Empty(faults);
    }

    [Theory]
    [InlineData("X-Auth-Token", "junk", "X-Auth-Token")]
    [InlineData("X-API-Key", "fc_live_x", "X-API-Key")]
    public async Task A_header_that_is_malformed_is_named(string header, string value, string place)
    {
        var (answer, problem) = await console.SendAsync(HttpMethod.Get, "/api/v1/whoami", null, (header, value));

        Assert.Equal((400, place), ((int)answer.StatusCode, Assert.Single(Places(problem))));
    }

    private static IEnumerable<(string What, JsonNode Body)> Broken(JsonNode good, SampleField field)
    {
        yield return ("of another type", BodySamples.With(good, field.Path, () => field.Kind == "string" ? JsonValue.Create(17) : JsonValue.Create("x")));
        if (!field.MayBeNull)
            yield return ("null", BodySamples.With(good, field.Path, () => null));
        if (field.Required && !field.IsElement)
            yield return ("missing", BodySamples.With(good, field.Path, null));
        if (field.IsEnum)
            yield return ("unknown", BodySamples.With(good, field.Path, () => JsonValue.Create("no-such-word")));
    }

    private static IEnumerable<(string Name, string Query)> BrokenQueries(DescribedOperation operation)
    {
        yield return ("unheardOf", "?unheardOf=1");
        if (!operation.Json.TryGetProperty("parameters", out var parameters))
            yield break;
        foreach (var parameter in parameters.EnumerateArray().Where(each => each.GetProperty("in").GetString() == "query"))
        {
            var name = parameter.GetProperty("name").GetString()!;
            var schema = parameter.GetProperty("schema").GetRawText();
            yield return (name, $"?{name}=1&{name}=1");
            // Nothing that could be looked for: left out, the filter would answer for everybody.
            foreach (var blank in new[] { "", "%20", "%00" })
                yield return (name, $"?{name}={blank}");
            if (name is "cursor")
            {
                yield return (name, "?cursor=junk");
                yield return (name, "?cursor=" + new Cursor("not a number", "x"));
                yield return (name, "?cursor=");
            }

            if (name is "country" or "ip")
                yield return (name, $"?{name}=nowhere");
            if (schema.Contains("enum", StringComparison.Ordinal))
                yield return (name, $"?{name}=no-such-word");
            if (schema.Contains("date-time", StringComparison.Ordinal) || schema.Contains("integer", StringComparison.Ordinal) || schema.Contains("boolean", StringComparison.Ordinal))
            {
                foreach (var odd in new[] { "", "odd", "2026-02-30T00:00:00Z", "1.5", "maybe" })
                    yield return (name, $"?{name}={odd}");
            }
        }
    }

    private async Task<string?> FaultOfAsync(DescribedOperation operation, JsonNode body, string path, params (string, string)[] caller)
    {
        var (answer, problem) = await console.SendAsync(operation.Method, operation.PathWith(Guid.NewGuid().ToString()), JsonContent.Create(body), caller);
        return (int)answer.StatusCode is 400 or 422 && Places(problem).SequenceEqual([path]) ? null : $"{((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture)} {problem}";
    }

    private static IEnumerable<string> Places(JsonElement problem) =>
        problem.ValueKind == JsonValueKind.Object && problem.TryGetProperty("errors", out var errors) ? errors.EnumerateObject().Select(error => error.Name) : [];

    private async Task<(string, string)[]> CallerOfAsync(DescribedOperation operation)
    {
        if (operation.IsOpen)
            return [];
        var description = operation.Json.GetProperty("description").GetString()!;
        if (description.EndsWith("Needs a service token.", StringComparison.Ordinal))
            return [_service ??= ("Authorization", "Bearer " + (await console.MakeServiceTokenAsync($"named-{Guid.NewGuid():N}")).Reveal())];
        if (description.Contains("Needs a token with the scope rotate:self", StringComparison.Ordinal))
            return [_token ??= ("X-Auth-Token", (await console.MakeTokenAsync($"Named {Guid.NewGuid():N}", "rotate:self")).Secret.Reveal())];
        return [_admin ??= await console.SignInAsync(console.Tenant.Admin)];
    }
}

using System.Net;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.Hosting.Api;

/// <summary>Which answers a client may get by its Accept header, asked of every route.</summary>
public sealed class ApiNegotiationTests(ApiContractTests.Console console) : IClassFixture<ApiContractTests.Console>
{
    private static readonly string[] Accepted =
    [
        "application/json; charset=utf-8", "application/json;charset=\"utf-8\"", "application/json;profile=\"https://example.com\";q=0.9", "application/*;v=1", "*/*;level=1",
        "text/html, application/json;odata=verbose;q=0.5", "APPLICATION/JSON; CHARSET=UTF-8",
    ];

    [Fact]
    public async Task Parameters_of_a_media_type_change_nothing_on_any_route()
    {
        var admin = await console.SignInAsync(console.Tenant.Admin);
        foreach (var operation in console.Description.Operations)
        {
            var types = operation.Json.GetProperty("responses").EnumerateObject().Where(response => response.Name.StartsWith('2') && response.Value.TryGetProperty("content", out _))
                .SelectMany(response => response.Value.GetProperty("content").EnumerateObject().Select(type => type.Name.Split(';')[0] + "; charset=utf-8"));
            foreach (var accept in Accepted.Concat(types))
            {
                using var request = ApiConsole.Request(operation.Method, operation.PathWith(Guid.NewGuid().ToString()), null, admin, ("Accept", accept));
                using var answer = await console.Api.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
                Assert.True(answer.StatusCode != HttpStatusCode.NotAcceptable, $"{operation} with {accept}");
            }
        }
    }

    [Fact]
    public async Task A_type_that_no_answer_has_is_refused_on_every_route_but_authorize()
    {
        var admin = await console.SignInAsync(console.Tenant.Admin);
        foreach (var operation in console.Description.Operations)
        {
            using var request = ApiConsole.Request(operation.Method, operation.PathWith(Guid.NewGuid().ToString()), null, admin, ("Accept", "application/pdf; version=1.7"));
            using var answer = await console.Api.SendAsync(request, Stop);
            if (operation.Path == "/api/v1/authorize")
                Assert.True(answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden, $"{operation}: {answer.StatusCode}");
            else
                Assert.True(answer.StatusCode is HttpStatusCode.NotAcceptable or HttpStatusCode.Forbidden, $"{operation}: {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task Lines_of_JSON_come_for_their_type_with_parameters_too()
    {
        var admin = await console.SignInAsync(console.Tenant.Admin);
        using var answer = await console.Api.SendAsync(ApiConsole.Get("/api/v1/audit", admin, ("Accept", "application/x-ndjson; charset=utf-8")), Stop);

        Assert.Equal((HttpStatusCode.OK, "application/x-ndjson"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task No_route_answers_the_preflight_of_a_browser()
    {
        foreach (var path in console.Description.Operations.Select(operation => operation.PathWith(Guid.NewGuid().ToString())).Distinct().Where(path => path != "/api/v1/authorize"))
        {
            using var request = ApiConsole.Request(HttpMethod.Options, path, null, ("Origin", "https://shop.example"), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "authorization"));
            using var answer = await console.Api.SendAsync(request, Stop);
            Assert.Equal((path, HttpStatusCode.MethodNotAllowed), (path, answer.StatusCode));
            Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
        }
    }
}

using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using FinConsole.Core.Common;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.Hosting.Api;
using Xunit;

namespace FinConsole.Tests.Hosting.Api.Refusals;

/// <summary>A request that is to be refused; what is left out is what a caller who may sends.</summary>
internal sealed record Asked
{
    /// <summary>Which places the refusal names, with commas; a 400 or 422 that names none is about no place of the request.</summary>
    public string At { get; init; } = "";

    public object? Body { get; init; }

    public string Id { get; init; } = Guid.NewGuid().ToString();

    public string Query { get; init; } = "";

    /// <summary>Whose request it is, by the headers that say so.</summary>
    public (string Name, string Value)[]? By { get; init; }

    public (string Name, string Value)[] Headers { get; init; } = [];

    /// <summary>The client's address; one of its own where nothing is said, so that no limit of addresses is met by chance.</summary>
    public string? From { get; init; }
}

/// <summary>Sends requests that are to be refused, and notes which declared refusal each of them met.</summary>
internal sealed class Provoker(ProvokingConsole console)
{
    private readonly ConcurrentDictionary<(string Route, int Status, string Code, string Title), bool> _met = new();
    private readonly ConcurrentQueue<string> _faults = new();
    private int _sent;
    private (string, string) _admin;
    private (string, string) _service;
    private (string, string) _token;

    /// <summary>Answers that were not the expected ones.</summary>
    public IReadOnlyCollection<string> Faults => _faults;

    public int Sent => _sent;

    /// <summary>Declared by a route, and met by no request.</summary>
    public IEnumerable<string> Unmet =>
        from route in console.Routes
        from declared in route.Declared
        where !_met.ContainsKey((route.Name, declared.Status, declared.Code, declared.Title))
        select $"{route.Name}: {declared.Status} {declared.Code} ({declared.Title})";

    public async Task PrepareAsync()
    {
        _admin = await console.SignInAsync(console.Tenant.Admin);
        _service = ("Authorization", "Bearer " + (await console.MakeServiceTokenAsync("provoker")).Reveal());
        _token = ("X-Auth-Token", (await console.MakeTokenAsync("Provoker", "rotate:self")).Secret.Reveal());
    }

    /// <summary>For a code that the route alone knows.</summary>
    public Task<HttpResponseMessage> ExpectAsync(string route, string code, Asked asked) =>
        ExpectAsync(route, console.Routes.Single(each => each.Name == route).Declared.Single(declared => declared.Code == code), asked);

    public Task<HttpResponseMessage> ExpectAsync(string route, Error expected, Asked asked) => ExpectAsync(route, ApiProblems.Of(expected), asked);

    /// <summary>Sends it; a fault where the answer is not the expected refusal, or the route does not declare that.</summary>
    public async Task<HttpResponseMessage> ExpectAsync(string route, ApiProblem expected, Asked asked)
    {
        var of = console.Routes.Single(each => each.Name == route);
        var answer = await SendAsync(of, asked);
        var text = await answer.Content.ReadAsStringAsync(Stop);
        var declared = of.Declared.FirstOrDefault(each => new DeclaredRefusal(each).Covers(expected));
        if (declared is null)
            _faults.Enqueue($"{route} does not declare {expected.Status} {expected.Code}: {expected.Title}");
        else if (!Meets(answer, text, declared, asked.At))
            _faults.Enqueue($"{route} should be {expected.Status} {expected.Code} at '{asked.At}': {(int)answer.StatusCode} {text} {Undeclared(answer)}");
        else
            _met[(route, declared.Status, declared.Code, declared.Title)] = true;
        return answer;
    }

    /// <summary>The same where a limit is used up just before: once more for a window that ended in between.</summary>
    public async Task ExpectLimitedAsync(string route, ApiProblem expected, Action useUp, Asked asked)
    {
        useUp();
        using (var answer = await SendAsync(console.Routes.Single(each => each.Name == route), asked))
        {
            if ((int)answer.StatusCode != 429)
                useUp();
        }

        await ExpectAsync(route, expected, asked);
    }

    /// <summary>Sends what is to succeed.</summary>
    public async Task SucceedAsync(string route, Asked asked)
    {
        using var answer = await SendAsync(console.Routes.Single(each => each.Name == route), asked);
        Assert.True(answer.IsSuccessStatusCode, $"{route}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(Stop)}");
    }

    private Task<HttpResponseMessage> SendAsync(ProvokedRoute route, Asked asked)
    {
        var number = Interlocked.Increment(ref _sent);
        (string, string)[] by = asked.By ?? (route.Access.TakesAnybody ? [] : [route.Access.TakesServices ? _service : route.Access.TakesMembers ? _admin : _token]);
        var from = asked.From ?? $"100.64.{number / 250}.{(number % 250) + 1}";
        var body = asked.Body ?? route.Described.BodyType switch
        {
            null => null,
            "application/json" => JsonContent.Create(BodySamples.Make(console.Description, route.Described.BodySchema!.Value)),
            var type => new StringContent("token=x", Encoding.UTF8, type),
        };
        return console.Api.SendAsync(
            ApiConsole.Request(route.Described.Method, route.Described.PathWith(asked.Id) + asked.Query, body, [.. by, .. asked.Headers, ("X-Forwarded-For", from)]), Stop);
    }

    private static bool Meets(HttpResponseMessage answer, string text, ApiProblem declared, string at)
    {
        if ((int)answer.StatusCode != declared.Status || answer.Content.Headers.ContentType?.MediaType != "application/problem+json")
            return false;
        var body = JsonDocument.Parse(text).RootElement;
        var sent = new ApiProblem(body.GetProperty("status").GetInt32(), body.GetProperty("code").GetString()!, body.GetProperty("title").GetString()!);
        string[] places = body.TryGetProperty("errors", out var errors) ? [.. errors.EnumerateObject().Select(error => error.Name).Order(StringComparer.Ordinal)] : [];
        if (at.Length == 0 && declared.Status is 400 or 422 && !RefusalWatch.States.Contains(declared.Code))
            return false;
        return new DeclaredRefusal(declared).Covers(sent) && (at.Length == 0 ? declared.Status is not (400 or 422) || places.Length == 0 : places.SequenceEqual(at.Split(',')));
    }

    private static string Undeclared(HttpResponseMessage answer) => answer.Headers.TryGetValues("X-Undeclared", out var fault) ? string.Join(' ', fault) : "";
}

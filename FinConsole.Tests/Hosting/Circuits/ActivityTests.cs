using System.Net;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Tests.Fixtures;
using FinConsole.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.Hosting.Circuits;

/// <summary>What keeps a session from ending for idleness, and what does not: request by request, and in a live circuit.</summary>
public sealed class ActivityTests(ApiConsole console) : IClassFixture<ApiConsole>, IAsyncLifetime
{
    private static readonly TimeSpan Rested = TimeSpan.FromMinutes(10);
    private static readonly HttpMethod Get = HttpMethod.Get;
    private static readonly HttpMethod Post = HttpMethod.Post;

    private static readonly Dictionary<string, (HttpMethod Method, string Path, (string, string)[] Headers)> ByThemselves = new()
    {
        ["the look whether the session lives"] = (Get, ConsoleUrls.SessionState, []),
        ["a style sheet"] = (Get, "/css/base.css", []),
        ["a negotiation"] = (Post, "/_blazor/negotiate?negotiateVersion=1", [("Sec-Fetch-Site", "same-origin")]),
        ["a poll"] = (Get, "/_blazor?id=nobody", [("Sec-Fetch-Site", "same-origin")]),
        ["server-sent events"] = (Get, "/_blazor?id=nobody", [("Accept", "text/event-stream"), ("Sec-Fetch-Site", "same-origin")]),
        ["what is sent to a circuit"] = (Post, "/_blazor?id=nobody", [("Sec-Fetch-Site", "same-origin")]),
        ["a disconnection"] = (Post, "/_blazor/disconnect", [("Sec-Fetch-Site", "same-origin")]),
        ["the initializers"] = (Get, "/_blazor/initializers", [("Sec-Fetch-Site", "same-origin")]),
        ["a page that reloads after a lost connection"] = (Get, ConsoleUrls.Profile, [("Sec-Fetch-Mode", "navigate"), ("Cookie", "finconsole-reload=1")]),
        ["a page that a script fetches"] = (Get, ConsoleUrls.Profile, [("Sec-Fetch-Mode", "cors")]),
        ["a page that a browser loads ahead of time"] = (Get, ConsoleUrls.Profile, [("Sec-Fetch-Mode", "navigate"), ("Sec-Purpose", "prefetch")]),
        ["a page that an older browser loads ahead of time"] = (Get, ConsoleUrls.Profile, [("Purpose", "prefetch")]),
        ["a page that Safari previews"] = (Get, ConsoleUrls.Profile, [("X-Purpose", "preview")]),
        ["a page that an older Firefox loads ahead of time"] = (Get, ConsoleUrls.Profile, [("X-Moz", "prefetch")]),
        ["a page in a frame"] = (Get, ConsoleUrls.Profile, [("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "iframe"), ("Sec-Fetch-Site", "same-origin")]),
        ["a page in a frame of another site"] = (Get, ConsoleUrls.Profile, [("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "frame"), ("Sec-Fetch-Site", "cross-site")]),
        ["a page in an object"] = (Get, ConsoleUrls.Profile, [("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "object")]),
        ["a page that an embed element loads"] = (Get, ConsoleUrls.Profile, [("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "embed")]),
        ["a page that another site loads into a window"] = (Get, ConsoleUrls.Profile, [("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document"), ("Sec-Fetch-Site", "cross-site")]),
        ["a form of another site"] = (Post, ConsoleUrls.Profile, [("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document"), ("Sec-Fetch-User", "?1"), ("Origin", "https://evil.example")]),
        ["a form of a sibling domain"] = (Post, ConsoleUrls.Profile, [("Sec-Fetch-Mode", "navigate"), ("Origin", "null"), ("Sec-Fetch-Site", "same-site")]),
        ["a form of another site in an old browser"] = (Post, ConsoleUrls.Logout, [("Origin", "https://evil.example")]),
        ["a report from another site"] = (Post, ConsoleUrls.SessionState, [("Origin", "https://evil.example")]),
        ["the API"] = (Get, "/api/v1/whoami", []),
    };

    private static readonly Dictionary<string, (HttpMethod Method, string Path, (string, string)[] Headers)> ByAPerson = new()
    {
        ["a page"] = (Get, ConsoleUrls.Profile, [("Sec-Fetch-Mode", "navigate")]),
        ["a page in a window"] = (Get, ConsoleUrls.Profile, [("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document"), ("Sec-Fetch-Site", "same-origin")]),
        ["a link on another site"] = (Get, ConsoleUrls.Profile, [("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document"), ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-User", "?1")]),
        ["an address that was typed"] = (Get, ConsoleUrls.Profile, [("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Site", "none")]),
        ["a page in an old browser"] = (Get, ConsoleUrls.Profile, []),
        ["a download"] = (Get, ConsoleUrls.AuditExport + "?format=csv", [("Sec-Fetch-Mode", "navigate")]),
        ["the report of a press"] = (Post, ConsoleUrls.SessionState, [("Sec-Fetch-Site", "same-origin")]),
    };

    private readonly RawBrowser _browser = new(console.Address);

    public static TheoryData<string> OfNobody() => [.. ByThemselves.Keys];

    public static TheoryData<string> OfAPerson() => [.. ByAPerson.Keys];

    public async ValueTask InitializeAsync() => await _browser.SignInAsync(console.Tenant.Reviewer);

    public ValueTask DisposeAsync()
    {
        _browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [MemberData(nameof(OfNobody))]
    public async Task Is_not_what_a_page_or_browser_does_by_itself(string request) => Assert.Equal(await RestAsync(), await SeenAfterAsync(ByThemselves[request]));

    [Theory]
    [MemberData(nameof(OfAPerson))]
    public async Task Is_what_a_person_asks_for(string request) => Assert.True(await RestAsync() < await SeenAfterAsync(ByAPerson[request]));

    [Fact]
    public async Task Is_not_a_circuit_that_opens_draws_and_is_resumed()
    {
        var markers = await RawCircuit.MarkersAsync(_browser, ConsoleUrls.Logins);
        var rested = await RestAsync();
        string secret;
        await using (var circuit = await RawCircuit.ConnectAsync(_browser))
        {
            secret = await circuit.StartAsync(ConsoleUrls.Logins, markers);
            await circuit.WaitForTextAsync(console.Tenant.Reviewer.Email);
        }

        await using var resumed = await RawCircuit.ConnectAsync(_browser);
        Assert.True(await resumed.ResumeAsync(secret));
        await resumed.SettleAsync();

        Assert.Equal(rested, await SeenAsync());
    }

    // As if the session had rested so long; answers when it was last seen.
    private async Task<DateTimeOffset> RestAsync()
    {
        await using var context = console.Services.GetRequiredService<ConsoleDb>().Open(console.Tenant.Id);
        var seen = DateTimeOffset.UtcNow - Rested;
        await Mine(context).ExecuteUpdateAsync(set => set.SetProperty(session => session.LastSeenAt, seen), Stop);
        return await SeenAsync();
    }

    private async Task<DateTimeOffset> SeenAfterAsync((HttpMethod Method, string Path, (string, string)[] Headers) request)
    {
        using var response = await _browser.SendAsync(request.Method, request.Path, null, request.Headers);
        Assert.NotEqual(HttpStatusCode.Redirect, response.StatusCode);
        return await SeenAsync();
    }

    private async Task<DateTimeOffset> SeenAsync()
    {
        await using var context = console.Services.GetRequiredService<ConsoleDb>().Open(console.Tenant.Id);
        return await Mine(context).MaxAsync(session => session.LastSeenAt, Stop);
    }

    private IQueryable<MemberSession> Mine(ConsoleDbContext context) =>
        context.Set<MemberSession>().Where(session => session.MemberId == console.Tenant.Reviewer.Id);
}

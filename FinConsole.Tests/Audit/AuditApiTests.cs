using System.Net;
using System.Text.Json.Nodes;
using FinConsole.Core.Audit.Checkpoints;
using FinConsole.Core.Audit.Export;
using FinConsole.Core.Members;
using FinConsole.Tests.SignIn.AccessTokens;
using Xunit;

namespace FinConsole.Tests.Audit;

public sealed class AuditApiTests(AccessWebConsole web) : IClassFixture<AccessWebConsole>
{
    private const string Route = "/api/v1/audit";
    private const string Ndjson = "application/x-ndjson";

    [Fact]
    public async Task Searches_as_the_page_does_newest_first()
    {
        var reviewer = await web.NewProgramAsync(Role.SecurityReviewer);
        await web.SignInProgramAsync(reviewer.Email);

        var first = await AccessWebConsole.ReadAsync(await reviewer.Http.GetAsync($"{Route}?q=action:session.start actor:{reviewer.Email}&limit=1", Stop), HttpStatusCode.OK);
        var second = await AccessWebConsole.ReadAsync(
            await reviewer.Http.GetAsync($"{Route}?q=action:session.start actor:{reviewer.Email}&limit=1&cursor={Uri.EscapeDataString(first["nextCursor"]!.GetValue<string>())}", Stop), HttpStatusCode.OK);

        var (newest, older) = (first["items"]![0]!, second["items"]![0]!);
        Assert.True(newest["sequence"]!.GetValue<long>() > older["sequence"]!.GetValue<long>());
        Assert.Equal(("session.start", "account", "session", "success"), (Text(newest, "action"), Text(newest, "actorKind"), Text(newest, "resource"), Text(newest, "result")));
        Assert.Equal("Program", newest["metadata"]!["kind"]!.GetValue<string>());
        Assert.Null(first["lastSequence"]);
    }

    [Fact]
    public async Task A_program_that_polls_misses_nothing_and_sees_nothing_twice()
    {
        var reviewer = await web.NewProgramAsync(Role.SecurityReviewer);
        var (after, seen) = (0L, new List<long>());
        for (var polls = 0; polls < 40; polls++)
        {
            if (polls < 4)
                await web.SignInProgramAsync(reviewer.Email);
            var page = await AccessWebConsole.ReadAsync(await reviewer.Http.GetAsync($"{Route}?after={after}&limit=3", Stop), HttpStatusCode.OK);
            seen.AddRange(page["items"]!.AsArray().Select(entry => entry!["sequence"]!.GetValue<long>()));
            after = page["lastSequence"]!.GetValue<long>();
        }

        Assert.Equal(Enumerable.Range(1, seen.Count).Select(number => (long)number), seen);
        Assert.Equal(after, seen[^1]);
        var filtered = await AccessWebConsole.ReadAsync(await reviewer.Http.GetAsync($"{Route}?q=action:session.start&after=0&limit=200", Stop), HttpStatusCode.OK);
        Assert.All(filtered["items"]!.AsArray(), entry => Assert.Equal("session.start", Text(entry!, "action")));
        Assert.Equal(after, filtered["lastSequence"]!.GetValue<long>());
    }

    [Fact]
    public async Task A_full_stream_and_a_checkpoint_verify_elsewhere_and_the_stream_is_in_the_log()
    {
        var reviewer = await web.NewProgramAsync(Role.SecurityReviewer);
        var checkpoint = AuditCheckpoint.Parse(await reviewer.Http.GetStringAsync($"{Route}/checkpoint", Stop))!;
        using var request = new HttpRequestMessage(HttpMethod.Get, Route);
        request.Headers.Accept.ParseAdd(Ndjson);

        var answer = await reviewer.Http.SendAsync(request, Stop);

        Assert.Equal((HttpStatusCode.OK, Ndjson), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        var export = await answer.Content.ReadAsByteArrayAsync(Stop);
        var verdict = await ExportVerifier.VerifyAsync(new MemoryStream(export), checkpoint, Convert.FromBase64String(checkpoint.PublicKey), Stop);
        Assert.Null(verdict.Fault);
        Assert.True(verdict.Entries > checkpoint.Size);
        var last = JsonNode.Parse(System.Text.Encoding.UTF8.GetString(export).TrimEnd('\n').Split('\n')[^1])!;
        Assert.Equal("audit.export", Text(last, "action"));
    }

    [Fact]
    public async Task A_stream_that_goes_on_from_a_number_leaves_no_entry_of_its_own()
    {
        var reviewer = await web.NewProgramAsync(Role.SecurityReviewer);
        var before = (await AccessWebConsole.ReadAsync(await reviewer.Http.GetAsync($"{Route}?limit=1", Stop), HttpStatusCode.OK))["items"]![0]!["sequence"]!.GetValue<long>();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Route}?after={before - 1}");
        request.Headers.Accept.ParseAdd(Ndjson);

        var lines = (await (await reviewer.Http.SendAsync(request, Stop)).Content.ReadAsStringAsync(Stop)).TrimEnd('\n').Split('\n');

        Assert.Equal([before], lines.Select(line => JsonNode.Parse(line)!["sequence"]!.GetValue<long>()));
        Assert.Equal(before, (await AccessWebConsole.ReadAsync(await reviewer.Http.GetAsync($"{Route}?after=0&limit=200", Stop), HttpStatusCode.OK))["lastSequence"]!.GetValue<long>());
    }

    [Theory]
    [InlineData("application/x-ndjson", Ndjson)]
    [InlineData("Application/X-NDJSON; q=0.5, */*; q=0.1", Ndjson)]
    [InlineData("application/json, application/x-ndjson", Ndjson)]
    [InlineData("application/x-ndjson;q=0.5, application/json", "application/json")]
    [InlineData("application/x-ndjson;q=0, */*", "application/json")]
    [InlineData("application/*", "application/json")]
    public async Task The_client_ranks_the_two_types(string accept, string expected)
    {
        var reviewer = await web.NewProgramAsync(Role.SecurityReviewer);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Route}?after=0");
        request.Headers.TryAddWithoutValidation("Accept", accept);

        using var answer = await reviewer.Http.SendAsync(request, Stop);

        Assert.Equal((HttpStatusCode.OK, expected), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    [Theory]
    [InlineData("q=action:no.such")]
    [InlineData("q=%00")]
    [InlineData("after=-1")]
    [InlineData("after=x")]
    [InlineData("limit=1000")]
    [InlineData("cursor=!!")]
    public async Task What_cannot_be_read_is_refused(string query)
    {
        var reviewer = await web.NewProgramAsync(Role.SecurityReviewer);

        await AccessWebConsole.ReadAsync(await reviewer.Http.GetAsync($"{Route}?{query}", Stop), HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_number_beyond_the_end_finds_nothing()
    {
        var reviewer = await web.NewProgramAsync(Role.SecurityReviewer);

        var page = await AccessWebConsole.ReadAsync(await reviewer.Http.GetAsync($"{Route}?after={long.MaxValue}", Stop), HttpStatusCode.OK);

        Assert.Empty(page["items"]!.AsArray());
    }

    [Fact]
    public async Task Is_for_those_who_may_review()
    {
        foreach (var role in (Role[])[Role.Developer, Role.Cashier])
        {
            var program = await web.NewProgramAsync(role);
            await AccessWebConsole.RefusedAsync(await program.Http.GetAsync(Route, Stop), HttpStatusCode.Forbidden, "insufficient_scope");
            await AccessWebConsole.RefusedAsync(await program.Http.GetAsync($"{Route}/checkpoint", Stop), HttpStatusCode.Forbidden, "insufficient_scope");
        }

        await AccessWebConsole.RefusedAsync(await web.Program().GetAsync(Route, Stop), HttpStatusCode.Unauthorized, "invalid_token");
    }

    private static string Text(JsonNode entry, string name) => entry[name]!.GetValue<string>();
}

using System.Net;
using FinConsole.Core.Members;
using FinConsole.Tests.SignIn.AccessTokens;
using Xunit;

namespace FinConsole.Tests.LoginHistory;

public sealed class LoginHistoryApiTests(AccessWebConsole web) : IClassFixture<AccessWebConsole>
{
    private const string Route = "/api/v1/login-history";

    [Fact]
    public async Task Lists_by_filter_newest_first_and_pages_by_cursor()
    {
        var reviewer = await web.NewProgramAsync(Role.SecurityReviewer);
        for (var count = 0; count < 2; count++)
            await web.SignInProgramAsync(reviewer.Email);

        var first = await AccessWebConsole.ReadAsync(await reviewer.Http.GetAsync($"{Route}?account={reviewer.Email}&outcome=SUCCESS&limit=2", Stop), HttpStatusCode.OK);
        var rest = await AccessWebConsole.ReadAsync(
            await reviewer.Http.GetAsync($"{Route}?account={reviewer.Email}&limit=2&cursor={Uri.EscapeDataString(first["nextCursor"]!.GetValue<string>())}", Stop), HttpStatusCode.OK);

        Assert.Equal((2, 1), (first["items"]!.AsArray().Count, rest["items"]!.AsArray().Count));
        Assert.Null(rest["nextCursor"]);
        var row = first["items"]![0]!;
        Assert.Equal((reviewer.Email, "api", "success", "Python"), (row["account"]!.GetValue<string>(), row["way"]!.GetValue<string>(), row["outcome"]!.GetValue<string>(), row["device"]!.GetValue<string>()));
        Assert.NotNull(row["sessionId"]);
    }

    [Theory]
    [InlineData("outcome=never", "unknown_value")]
    [InlineData("ip=300.1.1.1", null)]
    [InlineData("limit=0", "malformed_request")]
    [InlineData("limit=201", "malformed_request")]
    [InlineData("limit=x", "malformed_request")]
    [InlineData("cursor=!!", "malformed_request")]
    [InlineData("from=yesterday", "malformed_request")]
    [InlineData("suspicious=perhaps", "malformed_request")]
    [InlineData("country=xx", "malformed_request")]
    [InlineData("country=%00", "malformed_request")]
    public async Task What_cannot_be_read_is_refused(string query, string? code)
    {
        var reviewer = await web.NewProgramAsync(Role.SecurityReviewer);

        var problem = await AccessWebConsole.ReadAsync(await reviewer.Http.GetAsync($"{Route}?{query}", Stop), HttpStatusCode.BadRequest);

        Assert.Equal(code ?? problem["code"]!.GetValue<string>(), problem["code"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("from=0001-01-01T00:00:00Z&to=9999-12-31T23:59:59Z")]
    [InlineData("from=2020-01-01T00:00:00%2B14:00&suspicious=true&country=br&ip=203.0.113.0/24")]
    [InlineData("account=%00%E2%80%AE")]
    public async Task The_ends_of_time_and_odd_words_find_something_or_nothing(string query)
    {
        var admin = await web.NewProgramAsync(Role.TenantAdmin);

        Assert.Equal(HttpStatusCode.OK, (await admin.Http.GetAsync($"{Route}?{query}", Stop)).StatusCode);
    }

    [Fact]
    public async Task Is_for_those_who_may_review()
    {
        foreach (var role in (Role[])[Role.Developer, Role.Cashier])
            await AccessWebConsole.RefusedAsync(await (await web.NewProgramAsync(role)).Http.GetAsync(Route, Stop), HttpStatusCode.Forbidden, "insufficient_scope");
        await AccessWebConsole.RefusedAsync(await web.Program().GetAsync(Route, Stop), HttpStatusCode.Unauthorized, "invalid_token");
    }
}

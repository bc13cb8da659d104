using Bunit;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.Usage.Reports;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.ApiTokens;
using FinConsole.Web.Components.Shared;
using Xunit;

namespace FinConsole.Tests.ApiTokens;

public sealed class TokenCellsTests(SqliteCore core) : IClassFixture<SqliteCore>
{
    [Theory]
    [InlineData(TokenStatus.Active, "Edit,Disable,Invalidate,Usage,Details", true)]
    [InlineData(TokenStatus.Expiring, "Edit,Disable,Invalidate,Usage,Details", true)]
    [InlineData(TokenStatus.Pending, "Discard,Invalidate,Usage,Details", false)]
    [InlineData(TokenStatus.Disabled, "Edit,Enable,Invalidate,Usage,Details", false)]
    [InlineData(TokenStatus.Rotating, "Edit,Disable,Retire now,Invalidate,Usage,Details", true)]
    [InlineData(TokenStatus.Expired, "Usage,Details", false)]
    [InlineData(TokenStatus.Invalidated, "Usage,Details", false)]
    [InlineData(TokenStatus.Retired, "Usage,Details", false)]
    [InlineData(TokenStatus.Void, "Usage,Details", false)]
    public async Task Offers_what_the_status_allows(TokenStatus status, string actions, bool rotates)
    {
        var (row, console) = await RowAsync(status);
        await using var _ = console;
        var view = console.Draw(TokenCells.Draw(row, null, true, Clock));
        Assert.Equal(actions.Split(','), Items(console, row, true));
        Assert.Equal(rotates, view.FindAll($"button[aria-label='Rotate {row.Token.Name}']").Count == 1);
    }

    [Theory]
    [InlineData(TokenStatus.Active)]
    [InlineData(TokenStatus.Pending)]
    [InlineData(TokenStatus.Disabled)]
    public async Task Offers_a_reader_nothing_but_usage_and_details(TokenStatus status)
    {
        var (row, console) = await RowAsync(status);
        await using var _ = console;
        var view = console.Draw(TokenCells.Draw(row, null, false, Clock));
        Assert.Equal(["Usage", "Details"], Items(console, row, false));
        Assert.Empty(view.FindAll("button[aria-label^=Rotate]"));
    }

    [Fact]
    public async Task Shows_one_status_and_nests_the_old_token_while_both_work()
    {
        var (row, console) = await RowAsync(TokenStatus.Active);
        await using var _ = console;
        var old = row.Token with { Id = Guid.NewGuid(), Status = TokenStatus.Rotating, Masked = "fc_prd_old1…2345", OverlapEndsAt = core.Time.GetUtcNow().AddHours(21) };
        var both = row with { Predecessor = old };
        var view = console.Draw(TokenCells.Draw(both, null, true, Clock));

        Assert.Equal("Rotating", Assert.Single(view.FindAll("[data-testid=status]")).TextContent.Trim());
        Assert.Contains("fc_prd_old1…2345", view.Find("[data-testid=predecessor]").TextContent, StringComparison.Ordinal);
        Assert.Contains("Retire now", Items(console, both, true));
        Assert.Empty(view.FindAll("button[aria-label^=Rotate]"));
    }

    [Theory]
    [InlineData(0, 0, false, "Nobody uses the new token yet", false)]
    [InlineData(7, 3, false, "must have had no request for 60 minutes", false)]
    [InlineData(7, 3, true, "Safe to retire", true)]
    public async Task Tells_both_tokens_traffic_during_a_rotation_and_when_the_old_one_may_go(long oldRequests, long newRequests, bool safe, string words, bool retires)
    {
        var (row, console) = await RowAsync(TokenStatus.Active);
        await using var _ = console;
        var old = row.Token with { Id = Guid.NewGuid(), Status = TokenStatus.Rotating, OverlapEndsAt = core.Time.GetUtcNow().AddHours(21) };
        var rotation = new RotationTraffic(old.Id, oldRequests, newRequests, null, TimeSpan.FromHours(1), safe);
        var view = console.Draw(TokenCells.Draw(
            row with { Predecessor = old }, new TokenTraffic(row.Token.Id, default, null, null, null, [], rotation), true, Clock));

        var told = view.Find("[data-testid=rotation-traffic]");
        Assert.Contains($"{oldRequests} requests with the old one, {newRequests} requests with the new one", told.TextContent, StringComparison.Ordinal);
        Assert.Contains(words, told.TextContent, StringComparison.Ordinal);
        Assert.Equal(retires ? ["Retire"] : [], view.FindAll("[data-testid=rotation-traffic] button").Select(button => button.GetAttribute("data-fc-do")!));
    }

    [Fact]
    public async Task Marks_scopes_that_were_long_not_used_in_words_too()
    {
        var (row, console) = await RowAsync(TokenStatus.Active);
        await using var _ = console;
        var view = console.Draw(TokenCells.Draw(row, new TokenTraffic(row.Token.Id, default, null, null, null, ["write:payments"], null), true, Clock));

        Assert.Equal("write:payments", Assert.Single(view.FindAll("code.fc-unused")).TextContent);
        Assert.Contains("Not used for 30 days", view.Find("td.scopes").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pending_successor_can_be_started_again()
    {
        var (row, console) = await RowAsync(TokenStatus.Pending);
        await using var _ = console;
        var old = row.Token with { Id = Guid.NewGuid(), Status = TokenStatus.Active };
        var view = console.Draw(TokenCells.Draw(row with { Predecessor = old }, null, true, Clock));

        Assert.Equal("StartAgain", view.Find("button[aria-label^='Start the rotation']").GetAttribute("data-fc-do"));
    }

    [Fact]
    public async Task Every_button_of_a_row_asks_for_something_that_the_page_does()
    {
        var (row, console) = await RowAsync(TokenStatus.Active);
        await using var _ = console;
        var asked = console.Draw(TokenCells.Draw(row, null, true, Clock)).FindAll("button").Select(button => button.GetAttribute("data-fc-do"));

        Assert.Equal([nameof(TokenDialog.Details), nameof(TokenDialog.Rotate), TokenCells.Menu], asked);
    }

    [Fact]
    public async Task A_name_is_text_whatever_stands_in_it()
    {
        var (row, console) = await RowAsync(TokenStatus.Active);
        await using var _ = console;
        var token = row.Token with { Name = "<img src=x>\n\"&amp;" };
        var drawn = TokenCells.Draw(row with { Token = token }, null, true, Clock);

        Assert.Equal(token.Name, console.Draw(drawn).Find("button.name").TextContent);
        Assert.DoesNotContain('\n', drawn.Html.Value);
    }

    private UserClock Clock => new(TimeZoneInfo.Utc, core.Time);

    // The page's menu draws them, once the row's button was pressed.
    private static IReadOnlyList<string> Items(BrowserlessConsole console, TokenRow row, bool mayManage)
    {
        var menu = console.Show<TokenMenu>(parameters => parameters.Add(each => each.Row, row).Add(each => each.MayManage, mayManage));
        return [.. menu.FindAll("[role=menuitem]").Select(item => item.TextContent.Trim())];
    }

    private async Task<(TokenRow Row, BrowserlessConsole Console)> RowAsync(TokenStatus status)
    {
        var tenant = await core.NewTenantAsync();
        var made = await core.MakeTokenAsync(tenant);
        DateTimeOffset? disabled = status == TokenStatus.Disabled ? core.Time.GetUtcNow() : null;
        return (new TokenRow(made.Token with { Status = status, DisabledAt = disabled }, null), new BrowserlessConsole(core, tenant.Developer));
    }
}

using Bunit;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.Usage.Reports;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.ApiTokens;
using FinConsole.Web.Components.Shared;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.ApiTokens;

public sealed class TokenRowViewTests(SqliteCore core) : IClassFixture<SqliteCore>
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
        var view = console.Show<TokenRowView>(parameters => parameters.Add(each => each.Row, row).Add(each => each.MayManage, true));
        Assert.Equal(actions.Split(','), await ItemsAsync(console, view));
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
        var view = console.Show<TokenRowView>(parameters => parameters.Add(each => each.Row, row).Add(each => each.MayManage, false));
        Assert.Equal(["Usage", "Details"], await ItemsAsync(console, view));
        Assert.Empty(view.FindAll("button[aria-label^=Rotate]"));
    }

    [Fact]
    public async Task Shows_one_status_and_nests_the_old_token_while_both_work()
    {
        var (row, console) = await RowAsync(TokenStatus.Active);
        await using var _ = console;
        var old = row.Token with { Id = Guid.NewGuid(), Status = TokenStatus.Rotating, Masked = "fc_prd_old1…2345", OverlapEndsAt = core.Time.GetUtcNow().AddHours(21) };
        var view = console.Show<TokenRowView>(parameters => parameters.Add(each => each.Row, row with { Predecessor = old }).Add(each => each.MayManage, true));

        Assert.Equal("Rotating", Assert.Single(view.FindAll("[data-testid=status]")).TextContent.Trim());
        Assert.Contains("fc_prd_old1…2345", view.Find("[data-testid=predecessor]").TextContent, StringComparison.Ordinal);
        Assert.Contains("Retire now", await ItemsAsync(console, view));
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
        TokenAction? asked = null;
        var view = console.Show<TokenRowView>(parameters => parameters
            .Add(each => each.Row, row with { Predecessor = old }).Add(each => each.MayManage, true).Add(each => each.OnAction, action => asked = action)
            .AddCascadingValue(Of(new TokenTraffic(row.Token.Id, default, null, null, null, [], rotation))));

        var told = view.Find("[data-testid=rotation-traffic]");
        Assert.Contains($"{oldRequests} requests with the old one, {newRequests} requests with the new one", told.TextContent, StringComparison.Ordinal);
        Assert.Contains(words, told.TextContent, StringComparison.Ordinal);
        Assert.Equal(retires, view.FindAll("[data-testid=rotation-traffic] button").Count == 1);
        if (retires)
            await view.Find("[data-testid=rotation-traffic] button").ClickAsync(new());
        Assert.Equal(retires ? TokenDialog.Retire : null, asked?.Dialog);
    }

    [Fact]
    public async Task Marks_scopes_that_were_long_not_used_in_words_too()
    {
        var (row, console) = await RowAsync(TokenStatus.Active);
        await using var _ = console;
        var view = console.Show<TokenRowView>(parameters => parameters
            .Add(each => each.Row, row).AddCascadingValue(Of(new TokenTraffic(row.Token.Id, default, null, null, null, ["write:payments"], null))));

        Assert.Equal("write:payments", Assert.Single(view.FindAll("code.fc-unused")).TextContent);
        Assert.Contains("Not used for 30 days", view.Find("td.scopes").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pending_successor_can_be_started_again()
    {
        var (row, console) = await RowAsync(TokenStatus.Pending);
        await using var _ = console;
        var old = row.Token with { Id = Guid.NewGuid(), Status = TokenStatus.Active };
        TokenAction? asked = null;
        var view = console.Show<TokenRowView>(parameters => parameters
            .Add(each => each.Row, row with { Predecessor = old }).Add(each => each.MayManage, true).Add(each => each.OnAction, action => asked = action));

        await view.Find("button[aria-label^='Start the rotation']").ClickAsync(new());
        Assert.Equal(TokenDialog.StartAgain, asked!.Dialog);
    }

    private static IReadOnlyDictionary<Guid, TokenTraffic> Of(TokenTraffic traffic) => new Dictionary<Guid, TokenTraffic> { [traffic.TokenId] = traffic };

    // The page's menu draws them, once its button was pressed.
    private static async Task<IReadOnlyList<string>> ItemsAsync(BrowserlessConsole console, IRenderedComponent<TokenRowView> view)
    {
        await view.Find("[data-fc-menu]").ClickAsync(new());
        var menu = console.Render(console.Services.GetRequiredService<PageMenu>().Open!.Items!);
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

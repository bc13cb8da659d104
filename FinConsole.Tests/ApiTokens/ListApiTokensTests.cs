using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Lifecycle;
using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.Members;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.ApiTokens;

public abstract class ListApiTokensTests(CoreHost core)
{
    [Fact]
    public async Task Shows_a_token_and_its_live_predecessor_as_one_row()
    {
        var tenant = await core.NewTenantAsync();
        var old = await core.MakeTokenAsync(tenant);
        var made = await core.RotateAsync(tenant, old.Token.Id);

        var row = Assert.Single(await ListAsync(tenant, new TokenFilter()));

        Assert.Equal((made.Token.Id, old.Token.Id, TokenStatus.Rotating), (row.Token.Id, row.Predecessor?.Id, row.Status));
        Assert.Equal((TokenStatus.Active, TokenStatus.Rotating), (row.Token.Status, row.Predecessor?.Status));
        Assert.Equal(2, (await ListAsync(tenant, new TokenFilter(Nest: false))).Count);
    }

    [Fact]
    public async Task Unfolds_the_row_when_the_overlap_is_over()
    {
        var tenant = await core.NewTenantAsync();
        var old = await core.MakeTokenAsync(tenant);
        core.Time.Advance(TimeSpan.FromHours(1));
        var made = await core.RotateAsync(tenant, old.Token.Id);
        core.Time.Advance(TimeSpan.FromHours(24));
        var rows = await ListAsync(tenant, new TokenFilter());
        Assert.Equal([(made.Token.Id, TokenStatus.Active), (old.Token.Id, TokenStatus.Retired)], rows.Select(row => (row.Token.Id, row.Status)));
        Assert.All(rows, row => Assert.Null(row.Predecessor));
    }

    [Fact]
    public async Task Loses_no_token_between_the_lapse_of_its_successor_and_the_sweep()
    {
        var tenant = await core.NewTenantAsync();
        var old = await core.MakeTokenAsync(tenant);
        core.Time.Advance(TimeSpan.FromHours(1));
        var lost = await core.RotatePendingAsync(tenant, old.Token.Id);
        var row = Assert.Single(await ListAsync(tenant, new TokenFilter()));
        Assert.Equal((lost.Token.Id, old.Token.Id), (row.Token.Id, row.Predecessor?.Id));

        core.Time.Advance(ApiToken.PendingLimit);
        Assert.Equal([(lost.Token.Id, TokenStatus.Void), (old.Token.Id, TokenStatus.Active)], (await ListAsync(tenant, new TokenFilter())).Select(each => (each.Token.Id, each.Status)));
        await core.Get<TokenSweep>().RunAsync(Stop);
        Assert.Equal([(lost.Token.Id, TokenStatus.Void), (old.Token.Id, TokenStatus.Active)], (await ListAsync(tenant, new TokenFilter())).Select(each => (each.Token.Id, each.Status)));
    }

    [Fact]
    public async Task Every_filter_by_status_shows_exactly_the_rows_that_bear_it()
    {
        var tenant = await ZooAsync();
        foreach (var nest in new[] { true, false })
        {
            var all = await ListAsync(tenant, new TokenFilter(Nest: nest));
            foreach (var status in Enum.GetValues<TokenStatus>())
            {
                var expected = all.Where(row => row.Status == status).Select(row => row.Token.Id).ToList();
                var shown = await ListAsync(tenant, new TokenFilter(Statuses: [status], Nest: nest));
                Assert.True(expected.SequenceEqual(shown.Select(row => row.Token.Id)), $"{status}, nested {nest}: expected {expected.Count}, got {string.Join(", ", shown.Select(row => $"{row.Token.Name} {row.Status}"))}");
                Assert.NotEmpty(expected);
            }

            var live = all.Where(row => !row.Token.HasEnded).Select(row => row.Token.Id);
            Assert.Equal(live, (await ListAsync(tenant, new TokenFilter(Statuses: TokenFilter.Live, Nest: nest))).Select(row => row.Token.Id));
            Assert.Equal(all.Count, (await ListAsync(tenant, new TokenFilter(Statuses: [], Nest: nest))).Count);
        }
    }

    [Fact]
    public async Task Every_token_is_in_exactly_one_place_of_the_nested_list()
    {
        var tenant = await ZooAsync();
        var flat = (await ListAsync(tenant, new TokenFilter(Nest: false))).Select(row => row.Token.Id).Order();
        var nested = (await ListAsync(tenant, new TokenFilter())).SelectMany(row => row.Predecessor is { } old ? new[] { row.Token.Id, old.Id } : [row.Token.Id]).Order();
        Assert.Equal(flat, nested);
    }

    [Theory]
    [InlineData("check", "Checkout (EU)")]
    [InlineData("OUT (e", "Checkout (EU)")]
    [InlineData("100%", "100% cotton_bot")]
    [InlineData("n_b", "100% cotton_bot")]
    [InlineData("_", "100% cotton_bot")]
    [InlineData("%", "100% cotton_bot")]
    [InlineData("  straße ", "Straße")]
    [InlineData("nothing of that name", null)]
    [InlineData("' OR 1=1 --", null)]
    [InlineData("[a-z]", null)]
    public async Task Finds_by_any_part_of_the_name(string search, string? found)
    {
        var tenant = await core.NewTenantAsync();
        foreach (var name in new[] { "Checkout (EU)", "100% cotton_bot", "Straße" })
            await core.MakeTokenAsync(tenant, name);
        var names = (await ListAsync(tenant, new TokenFilter(search))).Select(row => row.Token.Name);
        Assert.Equal(found is null ? [] : [found], names);
    }

    [Fact]
    public async Task Finds_by_the_masked_token()
    {
        var tenant = await core.NewTenantAsync();
        await core.MakeTokenAsync(tenant, "other");
        var made = await core.MakeTokenAsync(tenant, "wanted");
        Assert.Equal(made.Token.Id, Assert.Single(await ListAsync(tenant, new TokenFilter(made.Secret.Prefix))).Token.Id);
        Assert.Equal(made.Token.Id, Assert.Single(await ListAsync(tenant, new TokenFilter(made.Secret.LastFour))).Token.Id);
    }

    [Theory]
    [InlineData("\0")]
    [InlineData("\uD800")]
    [InlineData("\u202E")]
    public async Task Survives_any_text_to_search_for(string search)
    {
        var tenant = await core.NewTenantAsync();
        await core.MakeTokenAsync(tenant);
        await ListAsync(tenant, new TokenFilter(search));
        await ListAsync(tenant, new TokenFilter(new string('x', 1_000_000)));
    }

    [Fact]
    public async Task Filters_by_environment()
    {
        var tenant = await core.NewTenantAsync();
        foreach (var environment in Enum.GetValues<TokenEnvironment>())
            await core.MakeTokenAsync(tenant, TokenSteps.RequestFor(tenant, environment.ToString()) with { Environment = environment });
        Assert.Equal("Staging", Assert.Single(await ListAsync(tenant, new TokenFilter(Environment: TokenEnvironment.Staging))).Token.Name);
    }

    [Theory]
    [InlineData(TokenSort.Newest, 1)]
    [InlineData(TokenSort.Newest, 3)]
    [InlineData(TokenSort.Name, 1)]
    [InlineData(TokenSort.Name, 3)]
    [InlineData(TokenSort.ExpiresSoonest, 1)]
    [InlineData(TokenSort.ExpiresSoonest, 3)]
    public async Task Pages_visit_each_row_once_in_order_through_ties(TokenSort sort, int size)
    {
        var tenant = await ZooAsync();
        var filter = new TokenFilter(Sort: sort, Nest: false);
        var all = (await ListAsync(tenant, filter)).Select(row => row.Token).ToList();

        var paged = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = (await core.Get<ListApiTokens>().HandleAsync(filter with { Limit = size, Cursor = cursor }, await core.NewSessionAsync(tenant.Reviewer), Stop)).Value!;
            Assert.InRange(page.Items.Count, 1, size);
            paged.AddRange(page.Items.Select(row => row.Token.Id));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal(all.Select(token => token.Id), paged);
        Assert.Equal(all.Count, paged.Distinct().Count());
        switch (sort)
        {
            case TokenSort.Newest:
                Assert.Equal(all.Select(token => token.CreatedAt).OrderDescending(), all.Select(token => token.CreatedAt));
                Assert.True(all.Select(token => token.CreatedAt).Distinct().Count() < all.Count);
                break;
            case TokenSort.ExpiresSoonest:
                Assert.Equal(all.Select(token => token.ExpiresAt).Order(), all.Select(token => token.ExpiresAt));
                Assert.True(all.Select(token => token.ExpiresAt).Distinct().Count() < all.Count);
                break;
            case TokenSort.Name:
                Assert.Equal(all.Select(token => token.Name[0]).Order(), all.Select(token => token.Name[0]));
                Assert.True(all.Select(token => token.Name).Distinct().Count() < all.Count);
                break;
        }
    }

    [Theory]
    [InlineData("junk")]
    [InlineData("WyJhIiwiYiJd")]
    [InlineData("WyI5OTk5OTk5OTk5OTk5OTk5OTk5OTkiLCJ4Il0")]
    [InlineData("bnVsbA")]
    [InlineData("W251bGwsbnVsbF0")]
    [InlineData("WyJcdTAwMDB4IiwgIjAxYTIyY2U1LTEwZTgtNzE3Ny05OTIzLTgyNDE0YWIwNmY3OSJd")]
    public async Task A_forged_cursor_is_the_first_page(string cursor)
    {
        var tenant = await core.NewTenantAsync();
        await core.MakeTokenAsync(tenant);
        foreach (var sort in Enum.GetValues<TokenSort>())
            Assert.Single(await ListAsync(tenant, new TokenFilter(Sort: sort, Cursor: cursor)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(int.MaxValue)]
    public async Task Any_limit_is_brought_into_range(int limit)
    {
        var tenant = await core.NewTenantAsync();
        await core.MakeTokenAsync(tenant);
        Assert.Single(await ListAsync(tenant, new TokenFilter(Limit: limit)));
    }

    [Fact]
    public async Task Marks_the_dormant_and_the_overdue()
    {
        var tenant = await core.NewTenantAsync();
        await core.MakeTokenAsync(tenant, TokenSteps.RequestFor(tenant, "p") with { Environment = TokenEnvironment.Production, Expiry = TokenExpiry.Year1 });
        await core.MakeTokenAsync(tenant, TokenSteps.RequestFor(tenant, "s") with { Environment = TokenEnvironment.Staging, Expiry = TokenExpiry.Year1 });
        await core.MakeTokenAsync(tenant, TokenSteps.RequestFor(tenant, "d") with { Environment = TokenEnvironment.Development, Expiry = TokenExpiry.Year1 });

        Assert.Equal("d-- p-- s--", await MarksAsync(tenant));
        core.Time.Advance(TimeSpan.FromDays(30) - TimeSpan.FromTicks(1));
        Assert.Equal("d-- p-- s--", await MarksAsync(tenant));
        core.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal("dD- pD- sD-", await MarksAsync(tenant));
        core.Time.Advance(TimeSpan.FromDays(60));
        Assert.Equal("dD- pDO sD-", await MarksAsync(tenant));
        core.Time.Advance(TimeSpan.FromDays(90));
        Assert.Equal("dDO pDO sDO", await MarksAsync(tenant));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Says_when_the_cashier_is_deactivated_or_no_cashier_any_more(bool deactivated)
    {
        var tenant = await core.NewTenantAsync();
        var made = await core.MakeTokenAsync(tenant);
        await core.ChangeAsync(tenant.Cashier, row =>
        {
            if (deactivated)
                row.DeactivatedAt = core.Time.GetUtcNow();
            else
                row.Role = Role.Developer;
        });
        Assert.False(Assert.Single(await ListAsync(tenant, new TokenFilter())).Token.CashierActive);
        Assert.False((await core.Get<GetApiToken>().HandleAsync(made.Token.Id, tenant.Reviewer.Actor, Stop)).Value!.CashierActive);
    }

    private async Task<string> MarksAsync(TestTenant tenant) => string.Join(' ', (await ListAsync(tenant, new TokenFilter(Sort: TokenSort.Name)))
        .Select(row => $"{row.Token.Name}{(row.Token.Dormant ? 'D' : '-')}{(row.Token.Overdue ? 'O' : '-')}"));

    private async Task<IReadOnlyList<TokenRow>> ListAsync(TestTenant tenant, TokenFilter filter)
    {
        var page = await core.Get<ListApiTokens>().HandleAsync(filter with { Limit = filter.Limit == 50 ? 200 : filter.Limit }, await core.NewSessionAsync(tenant.Reviewer), Stop);
        Assert.True(page.Succeeded, page.Error?.ToString());
        Assert.Null(page.Value.NextCursor);
        return page.Value.Items;
    }

    // One of every kind that there is, several of them twice, made in the same moments so that times tie.
    private async Task<TestTenant> ZooAsync()
    {
        var tenant = await core.NewTenantAsync();
        CreateApiTokenRequest Short(string name) => TokenSteps.RequestFor(tenant, name) with { Expiry = TokenExpiry.Hours24 };
        await core.MakeTokenAsync(tenant, TokenSteps.RequestFor(tenant, "expiring") with { Expiry = TokenExpiry.Month1 });
        await core.MakePendingAsync(tenant, TokenSteps.RequestFor(tenant, "void"));
        var half = await core.MakeTokenAsync(tenant, "half");
        var orphan = await core.RotateAsync(tenant, half.Token.Id, TokenOverlap.Days7);
        await core.TryInvalidateAsync(tenant, orphan.Token.Id);
        await core.MakeTokenAsync(tenant, Short("expired"));
        core.Time.Advance(TimeSpan.FromDays(20));

        await core.MakeTokenAsync(tenant, Short("short"));
        var retired = await core.MakeTokenAsync(tenant, "retired");
        await core.RotateAsync(tenant, retired.Token.Id, TokenOverlap.Hour1);
        core.Time.Advance(TimeSpan.FromHours(22.5));

        var disabled = await core.MakeTokenAsync(tenant, "disabled");
        await core.TryDisableAsync(tenant, disabled.Token.Id);
        foreach (var overlap in new[] { TokenOverlap.Hours24, TokenOverlap.Days7, TokenOverlap.None })
            await core.RotateAsync(tenant, (await core.MakeTokenAsync(tenant, $"rotating {overlap}")).Token.Id, overlap);
        var quiet = await core.MakeTokenAsync(tenant, "quiet");
        await core.RotateAsync(tenant, quiet.Token.Id);
        await core.TryDisableAsync(tenant, quiet.Token.Id);
        var alone = await core.MakeTokenAsync(tenant, "alone");
        await core.TryInvalidateAsync(tenant, (await core.RotateAsync(tenant, alone.Token.Id)).Token.Id);
        await core.MakeTokenAsync(tenant, "active");
        await core.MakeTokenAsync(tenant, "another");
        await core.RotatePendingAsync(tenant, (await core.MakeTokenAsync(tenant, "waiting")).Token.Id);
        await core.MakePendingAsync(tenant, TokenSteps.RequestFor(tenant, "pending"));
        return tenant;
    }

    public sealed class OnSqlite(SqliteCore core) : ListApiTokensTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : ListApiTokensTests(core), IClassFixture<PostgreSqlCore>;
}

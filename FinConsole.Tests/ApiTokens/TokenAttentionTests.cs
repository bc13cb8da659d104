using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.Common;
using FinConsole.Tests.Fixtures;
using Xunit;
using static FinConsole.Tests.ApiTokens.TokenSteps;

namespace FinConsole.Tests.ApiTokens;

/// <summary>What the overview counts and lists.</summary>
public abstract class TokenAttentionTests(CoreHost core)
{
    [Fact]
    public async Task Counts_live_tokens_and_what_is_the_matter_with_them()
    {
        var tenant = await core.NewTenantAsync();
        await core.MakeTokenAsync(tenant, RequestFor(tenant, "old") with { Expiry = TokenExpiry.Year1 });
        core.Time.Advance(TimeSpan.FromDays(100));
        await core.MakeTokenAsync(tenant, RequestFor(tenant, "fresh") with { Environment = TokenEnvironment.Staging });
        await core.MakeTokenAsync(tenant, RequestFor(tenant, "short") with { Environment = TokenEnvironment.Development, Expiry = TokenExpiry.Hours24 });
        var gone = await core.MakeTokenAsync(tenant, "gone");
        await core.TryInvalidateAsync(tenant, gone.Token.Id);
        core.Time.Advance(TimeSpan.FromHours(22.5));

        var counts = (await core.Get<CountApiTokens>().HandleAsync(await core.NewSessionAsync(tenant.Reviewer), Stop)).Value!;
        Assert.Equal(new TokenCounts(Live: 3, Production: 1, Expiring: 1, Overdue: 1, Dormant: 1, Rotating: 0, Attention: 2), counts);
    }

    [Fact]
    public async Task The_list_behind_each_count_has_as_many_tokens()
    {
        var tenant = await core.NewTenantAsync();
        await core.MakeTokenAsync(tenant, RequestFor(tenant, "old") with { Expiry = TokenExpiry.Year1 });
        var rotated = await core.MakeTokenAsync(tenant, RequestFor(tenant, "rotated") with { Expiry = TokenExpiry.Year1 });
        var ended = await core.MakeTokenAsync(tenant, RequestFor(tenant, "ended") with { Expiry = TokenExpiry.Year1 });
        core.Time.Advance(TimeSpan.FromDays(60));
        await core.MakeTokenAsync(tenant, RequestFor(tenant, "quiet") with { Expiry = TokenExpiry.Year1 });
        core.Time.Advance(TimeSpan.FromDays(40));
        await core.MakeTokenAsync(tenant, "fresh");
        await core.RotateAsync(tenant, rotated.Token.Id, TokenOverlap.Days7);
        await core.TryInvalidateAsync(tenant, ended.Token.Id);

        var actor = await core.NewSessionAsync(tenant.Admin);
        var counts = (await core.Get<CountApiTokens>().HandleAsync(actor, Stop)).Value!;
        Assert.Equal(["old"], await ListedAsync(TokenAttention.Overdue));
        Assert.Equal(["old", "quiet", "rotated"], await ListedAsync(TokenAttention.Dormant));
        Assert.Equal((1, 3), (counts.Overdue, counts.Dormant));

        async Task<IEnumerable<string>> ListedAsync(TokenAttention attention)
        {
            var listed = await core.Get<ListApiTokens>().HandleAsync(new TokenFilter(Statuses: TokenFilter.Live, Attention: attention, Nest: false), actor, Stop);
            return listed.Value!.Items.Select(row => row.Token.Name).Order(StringComparer.Ordinal);
        }
    }

    [Fact]
    public async Task Counts_nothing_in_an_empty_tenant()
    {
        var tenant = await core.NewTenantAsync();
        Assert.Equal(TokenCounts.None, (await core.Get<CountApiTokens>().HandleAsync(tenant.Admin.Actor, Stop)).Value);
    }

    [Fact]
    public async Task A_token_being_rotated_counts_once_and_needs_no_attention()
    {
        var tenant = await core.NewTenantAsync();
        var old = await core.MakeTokenAsync(tenant, RequestFor(tenant, "old") with { Expiry = TokenExpiry.Month1 });
        core.Time.Advance(TimeSpan.FromDays(20));
        await core.RotateAsync(tenant, old.Token.Id);

        var actor = await core.NewSessionAsync(tenant.Admin);
        var counts = (await core.Get<CountApiTokens>().HandleAsync(actor, Stop)).Value!;
        Assert.Equal((1, 0), (counts.Rotating, counts.Attention));
        Assert.Empty((await core.Get<ListTokensNeedingAttention>().HandleAsync(actor, Stop)).Value!);
    }

    [Fact]
    public async Task Lists_expiring_overdue_and_orphaned_tokens_the_most_urgent_first()
    {
        var tenant = await core.NewTenantAsync();
        await core.MakeTokenAsync(tenant, RequestFor(tenant, "overdue") with { Expiry = TokenExpiry.Year1 });
        core.Time.Advance(TimeSpan.FromDays(95));
        await core.MakeTokenAsync(tenant, RequestFor(tenant, "fine") with { Expiry = TokenExpiry.Months3 });
        await core.MakeTokenAsync(tenant, RequestFor(tenant, "expiring") with { Expiry = TokenExpiry.Month1 });
        core.Time.Advance(TimeSpan.FromDays(20));
        Assert.Equal(["expiring", "overdue"], await NamesAsync(tenant));

        await core.ChangeAsync(tenant.Cashier, cashier => cashier.DeactivatedAt = core.Time.GetUtcNow());
        Assert.Equal(["expiring", "fine", "overdue"], await NamesAsync(tenant));
    }

    [Fact]
    public async Task A_cashier_may_not_count_tokens()
    {
        var tenant = await core.NewTenantAsync();
        Assert.Equal(ErrorKind.Forbidden, (await core.Get<CountApiTokens>().HandleAsync(tenant.Cashier.Actor, Stop)).Error!.Kind);
        Assert.Equal(ErrorKind.Forbidden, (await core.Get<ListTokensNeedingAttention>().HandleAsync(tenant.Cashier.Actor, Stop)).Error!.Kind);
        Assert.Equal(ErrorKind.Forbidden, (await core.Get<ListTokenHolders>().HandleAsync(tenant.Reviewer.Actor, Stop)).Error!.Kind);
    }

    [Fact]
    public async Task Suggests_active_people_as_holders_but_no_cashiers()
    {
        var tenant = await core.NewTenantAsync();
        var holders = (await core.Get<ListTokenHolders>().HandleAsync(tenant.Developer.Actor, Stop)).Value!;
        Assert.Equal([tenant.Developer.Name, tenant.Reviewer.Name, tenant.Admin.Name], holders);
    }

    private async Task<IEnumerable<string>> NamesAsync(TestTenant tenant) =>
        (await core.Get<ListTokensNeedingAttention>().HandleAsync(await core.NewSessionAsync(tenant.Admin), Stop)).Value!.Select(token => token.Name);

    public sealed class OnSqlite(SqliteCore core) : TokenAttentionTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : TokenAttentionTests(core), IClassFixture<PostgreSqlCore>;
}

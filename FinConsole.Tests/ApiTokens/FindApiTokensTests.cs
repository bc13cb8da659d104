using FinConsole.Core.Access;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.Members;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.ApiTokens;

public abstract class FindApiTokensTests(CoreHost core)
{
    [Fact]
    public async Task Finds_ended_tokens_with_what_replaced_them_and_leaves_out_what_is_none_of_the_tenants()
    {
        var (tenant, other) = (await core.NewTenantAsync(), await core.NewTenantAsync());
        var old = (await core.MakeTokenAsync(tenant, "Ledger")).Token;
        var successor = (await core.RotateAsync(tenant, old.Id, TokenOverlap.None)).Token;
        var single = (await core.MakeTokenAsync(tenant, "Single")).Token;
        await core.TryInvalidateAsync(tenant, single.Id);
        var theirs = (await core.MakeTokenAsync(other, "Theirs")).Token;

        var found = (await core.Get<FindApiTokens>().HandleAsync([old.Id, single.Id, theirs.Id, old.Id], await core.NewSessionAsync(tenant.Reviewer), Stop)).Value!;

        Assert.Equal(2, found.Count);
        Assert.Equal((TokenStatus.Retired, successor.Id, TokenStatus.Active), (found[old.Id].Token.Status, found[old.Id].Successor?.Id, found[old.Id].Successor?.Status));
        Assert.Equal((TokenStatus.Invalidated, null), (found[single.Id].Token.Status, found[single.Id].Successor));
    }

    [Fact]
    public async Task A_cashier_is_refused()
    {
        var tenant = await core.NewTenantAsync();
        Assert.Equal(AccessErrors.Forbidden(Role.Cashier), (await core.Get<FindApiTokens>().HandleAsync([], tenant.Cashier.Actor, Stop)).Error);
    }

    public sealed class OnSqlite(SqliteCore core) : FindApiTokensTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : FindApiTokensTests(core), IClassFixture<PostgreSqlCore>;
}

using FinConsole.Core.Access;
using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.Members;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.ApiTokens;

public abstract class ListTokensOfMemberTests(CoreHost core)
{
    [Fact]
    public async Task Shows_what_somebody_made_keeps_or_acts_as_and_nothing_that_has_ended()
    {
        var tenant = await core.NewTenantAsync();
        await core.MakeTokenAsync(tenant, "made");
        await core.MakeTokenAsync(tenant, TokenSteps.RequestFor(tenant, "kept") with { Holder = tenant.Reviewer.Email });
        var ended = await core.MakeTokenAsync(tenant, "ended");
        await core.TryInvalidateAsync(tenant, ended.Token.Id);
        await core.MakePendingAsync(tenant, TokenSteps.RequestFor(tenant, "pending"));

        Assert.Equal(["kept M", "made M", "pending M"], await ListAsync(tenant, tenant.Developer.Id));
        Assert.Equal(["kept H"], await ListAsync(tenant, tenant.Reviewer.Id));
        Assert.Equal(["kept C", "made C", "pending C"], await ListAsync(tenant, tenant.Cashier.Id));
        Assert.Empty(await ListAsync(tenant, tenant.Admin.Id));
    }

    [Fact]
    public async Task Shows_no_other_tenants_tokens_and_nothing_to_a_cashier()
    {
        var (tenant, mine) = (await core.NewTenantAsync(), await core.NewTenantAsync());
        await core.MakeTokenAsync(tenant, "theirs");

        Assert.Empty(await ListAsync(mine, tenant.Developer.Id));
        var refused = await core.Get<ListTokensOfMember>().HandleAsync(tenant.Developer.Id, tenant.Cashier.Actor, Stop);
        Assert.Equal(AccessErrors.Forbidden(Role.Cashier), refused.Error);
    }

    private async Task<IEnumerable<string>> ListAsync(TestTenant tenant, Guid member)
    {
        var listed = await core.Get<ListTokensOfMember>().HandleAsync(member, await core.NewSessionAsync(tenant.Admin), Stop);
        return listed.Value!.Select(each => $"{each.Token.Name} {(each.Made ? "M" : "")}{(each.Holds ? "H" : "")}{(each.ActsAs ? "C" : "")}");
    }

    public sealed class OnSqlite(SqliteCore core) : ListTokensOfMemberTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : ListTokensOfMemberTests(core), IClassFixture<PostgreSqlCore>;
}

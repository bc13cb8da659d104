using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.ApiTokens.Rotation;
using FinConsole.Core.Common;
using FinConsole.Core.Policies;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.ApiTokens;

/// <summary>A token is overdue by its own tenant's days, wherever it is shown or counted.</summary>
public abstract class RotationPolicyTests(CoreHost core)
{
    [Fact]
    public async Task Each_tenant_s_days_count_for_its_own_tokens_in_every_view()
    {
        var (strict, lax) = (await core.NewTenantAsync(), await core.NewTenantAsync());
        await RotateAfterAsync(strict, RotationPolicy.Default with { ProductionDays = 10 });
        var (old, other) = (await core.MakeTokenAsync(strict, "old"), await core.MakeTokenAsync(lax, "old"));
        core.Time.Advance(TimeSpan.FromDays(10));
        strict = strict with { Admin = strict.Admin with { Actor = await core.NewSessionAsync(strict.Admin) } };
        lax = lax with { Admin = lax.Admin with { Actor = await core.NewSessionAsync(lax.Admin) } };

        Assert.All(await OverdueEverywhereAsync(strict, old.Token.Id), Assert.True);
        Assert.All(await OverdueEverywhereAsync(lax, other.Token.Id), Assert.False);
    }

    [Fact]
    public async Task The_preview_counts_who_becomes_overdue_and_who_ceases_to_be_and_changes_nothing()
    {
        var tenant = await core.NewTenantAsync();
        await RotateAfterAsync(tenant, RotationPolicy.Default with { DevelopmentDays = 5 });
        await core.MakeTokenAsync(tenant, TokenSteps.RequestFor(tenant, "development") with { Environment = TokenEnvironment.Development });
        await core.MakeTokenAsync(tenant, TokenSteps.RequestFor(tenant, "production 1"));
        await core.MakeTokenAsync(tenant, TokenSteps.RequestFor(tenant, "production 2"));
        core.Time.Advance(TimeSpan.FromDays(20));
        var admin = await core.NewSessionAsync(tenant.Admin);

        var preview = await core.Get<PreviewRotation>().HandleAsync(RotationPolicy.Default with { ProductionDays = 20 }, admin, Stop);

        Assert.Equal(new RotationPreview(Becoming: 2, Ceasing: 1), preview.Value);
        Assert.Equal(1, (await core.Get<CountApiTokens>().HandleAsync(admin, Stop)).Value!.Overdue);
        Assert.Equal(ErrorKind.Invalid, (await core.Get<PreviewRotation>().HandleAsync(RotationPolicy.Default with { ProductionDays = 0 }, admin, Stop)).Error?.Kind);
    }

    private async Task<bool[]> OverdueEverywhereAsync(TestTenant tenant, Guid id)
    {
        var actor = tenant.Admin.Actor;
        return
        [
            (await core.Get<GetApiToken>().HandleAsync(id, actor, Stop)).Value!.Overdue,
            (await core.Get<ListApiTokens>().HandleAsync(new TokenFilter(), actor, Stop)).Value!.Items.Single().Token.Overdue,
            (await core.Get<CountApiTokens>().HandleAsync(actor, Stop)).Value!.Overdue == 1,
            (await core.Get<ListTokensNeedingAttention>().HandleAsync(actor, Stop)).Value!.Count == 1,
            (await core.Get<ListTokensOfMember>().HandleAsync(tenant.Cashier.Id, actor, Stop)).Value!.Single().Token.Overdue,
        ];
    }

    private async Task RotateAfterAsync(TestTenant tenant, RotationPolicy rotation) =>
        Assert.True((await core.Get<UpdatePolicy>().HandleAsync(PolicySettings.Default with { Rotation = rotation }, 0, tenant.Admin.Actor, Stop)).Succeeded);

    public sealed class OnSqlite(SqliteCore core) : RotationPolicyTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : RotationPolicyTests(core), IClassFixture<PostgreSqlCore>;
}

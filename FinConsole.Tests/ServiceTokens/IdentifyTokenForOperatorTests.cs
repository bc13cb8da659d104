using FinConsole.Core.ApiTokens;
using FinConsole.Core.Onboarding;
using FinConsole.Core.ServiceTokens;
using FinConsole.Tests.ApiTokens;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.ServiceTokens;

public sealed class IdentifyTokenForOperatorTests(SqliteCore core) : IClassFixture<SqliteCore>
{
    [Fact]
    public async Task Names_the_tenant_the_token_and_its_status()
    {
        var tenant = await core.NewTenantAsync();
        var made = await core.MakeTokenAsync(tenant, "Leaked");

        var found = (await AskAsync(made.Secret.Reveal()))!;
        Assert.Equal((tenant.Name, "Leaked", TokenStatus.Active), (found.Tenant, found.Name, found.Status));
        Assert.Equal($"{made.Secret.Prefix}…{made.Secret.LastFour}", found.Masked);

        await core.TryInvalidateAsync(tenant, made.Token.Id);
        Assert.Equal(TokenStatus.Invalidated, (await AskAsync(made.Secret.Reveal()))!.Status);
    }

    [Fact]
    public async Task Says_that_a_tenant_is_closed_and_that_a_cashier_is_deactivated()
    {
        var tenant = await core.NewTenantAsync();
        var made = await core.MakeTokenAsync(tenant);
        await core.ChangeAsync(tenant.Cashier, row => row.DeactivatedAt = core.Time.GetUtcNow());
        var found = (await AskAsync(made.Secret.Reveal()))!;
        Assert.Equal((false, false), (found.CashierActive, found.TenantClosed));

        Assert.True((await core.Get<CloseTenant>().HandleAsync(tenant.Name, Stop)).Succeeded);
        Assert.True((await AskAsync(made.Secret.Reveal()))!.TenantClosed);
    }

    [Fact]
    public async Task Tells_what_is_malformed_from_what_is_unknown()
    {
        var text = ApiTokenSecret.Generate(TokenEnvironment.Staging).Reveal();

        Assert.Null(await AskAsync(text[..^1] + (text[^1] == 'a' ? 'b' : 'a')));
        Assert.Null((await AskAsync(text))!.Name);
        Assert.Null((await AskAsync(ApiTokenSecret.GenerateForService().Reveal()))!.Name);
    }

    private Task<IdentifiedToken?> AskAsync(string text) => core.Get<IdentifyTokenForOperator>().HandleAsync(text, Stop);
}

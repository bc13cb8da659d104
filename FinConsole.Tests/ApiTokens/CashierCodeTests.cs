using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Lifecycle;
using FinConsole.Core.ApiTokens.Rotation;
using FinConsole.Core.Common;
using FinConsole.Core.LoginHistory;
using FinConsole.Tests.Fixtures;
using FinConsole.Tests.Mfa;
using Xunit;

namespace FinConsole.Tests.ApiTokens;

/// <summary>A cashier with a second factor: their password alone makes no token.</summary>
public abstract class CashierCodeTests(CoreHost core)
{
    [Fact]
    public async Task Asks_for_the_code_and_takes_it_once()
    {
        var tenant = await core.NewTenantAsync();
        var phone = await core.EnrolAsync(tenant.Cashier);

        var without = await CreateAsync(tenant, "One", null);
        var code = phone.NextCode();
        var with = await CreateAsync(tenant, "One", code);
        var again = await CreateAsync(tenant, "Two", code);

        Assert.Equal(("mfa_required", "CashierCode"), (without.Error?.Code, without.Error?.Fields.Keys.Single()));
        Assert.True(with.Succeeded, with.Error?.ToString());
        Assert.Equal(("cashier_code_refused", "CashierCode"), (again.Error?.Code, again.Error?.Fields.Keys.Single()));
        Assert.Equal(
            [LoginOutcome.MfaPassed, LoginOutcome.MfaFailed],
            (await core.AttemptsAsync(tenant.Id)).Where(attempt => attempt.Way == SignInChannel.CashierCheck).Select(attempt => attempt.Outcome));
    }

    [Fact]
    public async Task Rotating_asks_for_it_too()
    {
        var tenant = await core.NewTenantAsync();
        var token = await core.MakeTokenAsync(tenant);
        var phone = await core.EnrolAsync(tenant.Cashier);

        Assert.Equal("mfa_required", (await RotateAsync(tenant, token.Token.Id, null)).Error?.Code);
        Assert.Equal("cashier_code_refused", (await RotateAsync(tenant, token.Token.Id, phone.WrongCode())).Error?.Code);
        Assert.True((await RotateAsync(tenant, token.Token.Id, phone.NextCode())).Succeeded);
    }

    [Fact]
    public async Task Takes_no_recovery_code()
    {
        var tenant = await core.NewTenantAsync();
        var phone = await core.EnrolAsync(tenant.Cashier);

        Assert.Equal("cashier_code_refused", (await CreateAsync(tenant, "One", phone.Recovery[0])).Error?.Code);
    }

    [Fact]
    public async Task A_name_that_is_taken_is_said_before_the_code_is_spent()
    {
        var tenant = await core.NewTenantAsync();
        await core.MakeTokenAsync(tenant, "Taken");
        var phone = await core.EnrolAsync(tenant.Cashier);
        var code = phone.NextCode();

        Assert.Equal(ApiTokenErrors.NameTaken.Code, (await CreateAsync(tenant, "taken", code)).Error?.Code);
        Assert.True((await CreateAsync(tenant, "Free", code)).Succeeded);
    }

    [Fact]
    public async Task Wrong_codes_lock_the_cashier_s_account()
    {
        var tenant = await core.NewTenantAsync();
        var phone = await core.EnrolAsync(tenant.Cashier);
        for (var tries = 0; tries < 5; tries++)
            Assert.Equal("cashier_code_refused", (await CreateAsync(tenant, "One", phone.WrongCode())).Error?.Code);

        Assert.Equal("cashier_refused", (await CreateAsync(tenant, "One", phone.NextCode())).Error?.Code);
    }

    private async Task<Result<NewApiToken>> CreateAsync(TestTenant tenant, string name, Secret? code)
    {
        var request = TokenSteps.RequestFor(tenant, name) with { Cashier = TokenSteps.CashierOf(tenant) with { Code = code } };
        return await core.Get<CreateApiToken>().HandleAsync(request, await core.NewSessionAsync(tenant.Developer), Stop);
    }

    private async Task<Result<NewApiToken>> RotateAsync(TestTenant tenant, Guid id, Secret? code)
    {
        var request = new RotateApiTokenRequest(id, TokenOverlap.None, TokenSteps.CashierOf(tenant) with { Code = code });
        return await core.Get<RotateApiToken>().HandleAsync(request, await core.NewSessionAsync(tenant.Developer), Stop);
    }

    public sealed class OnSqlite(SqliteCore core) : CashierCodeTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : CashierCodeTests(core), IClassFixture<PostgreSqlCore>;
}

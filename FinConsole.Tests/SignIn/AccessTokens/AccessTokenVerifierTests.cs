using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using FinConsole.Core.Policies;
using FinConsole.Core.SignIn.AccessTokens;
using FinConsole.Core.SignIn.Passwords;
using FinConsole.Core.SignIn.Sessions;
using FinConsole.Core.Tenants;
using FinConsole.Tests.Fixtures;
using FinConsole.Tests.Mfa;
using FinConsole.Tests.Team;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace FinConsole.Tests.SignIn.AccessTokens;

public abstract class AccessTokenVerifierTests(CoreHost core)
{
    [Fact]
    public async Task Is_good_for_an_hour_and_half_a_minute_of_skew()
    {
        var access = await core.SignInProgramAsync((await core.NewTenantAsync()).Developer);
        core.Time.Advance(TimeSpan.FromMinutes(60) + TimeSpan.FromSeconds(29));
        Assert.True((await core.TryVerifyAsync(access.AccessToken)).Succeeded);

        core.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(AccessTokenErrors.Invalid, (await core.TryVerifyAsync(access.AccessToken)).Error);
    }

    [Fact]
    public async Task Another_instance_whose_clock_lags_by_half_a_minute_believes_it_and_one_that_lags_more_does_not()
    {
        core.Time.Advance(TimeSpan.FromMinutes(5));
        var access = await core.SignInProgramAsync((await core.NewTenantAsync()).Developer);

        Assert.True((await VerifyAtAsync(core.Time.GetUtcNow() - TimeSpan.FromSeconds(30), access)).Succeeded);
        Assert.False((await VerifyAtAsync(core.Time.GetUtcNow() - TimeSpan.FromSeconds(31), access)).Succeeded);
    }

    [Fact]
    public async Task Ends_at_once_with_its_member_role_password_second_factor_and_everywhere()
    {
        var tenant = await core.NewTenantAsync();
        await EndsAsync(tenant.Cashier, _ => core.TryDeactivateAsync(tenant, tenant.Cashier));
        await EndsAsync(tenant.Reviewer, _ => core.TryChangeRoleAsync(tenant, tenant.Reviewer, Role.Developer));
        await EndsAsync(tenant.Developer, actor => core.Get<ChangePassword>().HandleAsync(TestMember.Secret, new Secret("quiet-meadow-lantern-93"), actor, Stop));
        await EndsAsync(tenant.Admin, async actor => Assert.True((await core.Get<EndOtherSessions>().HandleAsync(actor, Stop)).Succeeded));
        await EndsAsync(tenant.Admin, async actor => await core.EnrolAsync(tenant.Admin, actor));
    }

    [Fact]
    public async Task Is_over_with_its_tenant()
    {
        var tenant = await core.NewTenantAsync();
        var access = await core.SignInProgramAsync(tenant.Developer);
        await using (var db = core.Db.OpenForOperator())
            await db.Set<Tenant>().Where(row => row.Id == tenant.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.ClosedAt, core.Time.GetUtcNow()), Stop);

        Assert.False((await core.TryVerifyAsync(access.AccessToken)).Succeeded);
    }

    [Fact]
    public async Task Asks_the_database_once_and_then_no_more()
    {
        var tenant = await core.NewTenantAsync();
        var access = await core.SignInProgramAsync(tenant.Developer);
        Assert.True(await core.IsGoodAsync(access));

        // Behind the program's back: nobody was told.
        await core.ChangeAsync(tenant.Developer, row => row.DeactivatedAt = core.Time.GetUtcNow());

        Assert.True((await core.TryVerifyAsync(access.AccessToken)).Succeeded);
        core.Time.Advance(TimeSpan.FromSeconds(new AccessTokenOptions().GraceSeconds));
        Assert.True((await core.TryVerifyAsync(access.AccessToken)).Succeeded);

        // Deaf for longer than that, it believes nothing that it knows.
        core.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.False((await core.TryVerifyAsync(access.AccessToken)).Succeeded);
    }

    [Fact]
    public async Task Hears_of_an_ending_on_this_instance_before_it_is_acknowledged()
    {
        var tenant = await core.NewTenantAsync();
        var access = await core.SignInProgramAsync(tenant.Developer);
        Assert.True(await core.IsGoodAsync(access));

        Assert.True((await core.Get<EndSession>().HandleAsync((await core.SessionOfAsync(access)).Id, tenant.Developer.Actor, Stop)).Succeeded);

        Assert.False((await core.TryVerifyAsync(access.AccessToken)).Succeeded);
    }

    [Fact]
    public async Task Knows_at_once_that_a_second_factor_is_due_and_that_it_is_not_any_more()
    {
        var tenant = await core.NewTenantAsync();
        await core.Get<ChangeFeed>().CatchUpAsync(Stop);
        var access = await core.SignInProgramAsync(tenant.Developer);
        Assert.False((await core.TryVerifyAsync(access.AccessToken)).Value!.MfaDue);

        Assert.True((await core.Get<UpdatePolicy>().HandleAsync(PolicySettings.Default with { RequireMfa = true }, 0, tenant.Admin.Actor, Stop)).Succeeded);
        Assert.True(await core.IsGoodAsync(access));
        Assert.True((await core.TryVerifyAsync(access.AccessToken)).Value!.MfaDue);
        await core.EnrolAsync(tenant.Developer, await core.ActorOfAsync(access));

        Assert.True(await core.IsGoodAsync(access));
        Assert.False((await core.TryVerifyAsync(access.AccessToken)).Value!.MfaDue);
    }

    [Fact]
    public async Task An_ending_in_the_middle_of_the_question_is_never_forgotten()
    {
        var tenant = await core.NewTenantAsync();
        var feed = core.Get<ChangeFeed>();
        await feed.CatchUpAsync(Stop);
        for (var round = 0; round < 10; round++)
        {
            var access = await core.SignInProgramAsync(tenant.Developer);
            var session = await core.SessionOfAsync(access);
            await Task.WhenAll(
                Task.Run(() => core.TryVerifyAsync(access.AccessToken), Stop),
                Task.Run(() => core.Get<EndSession>().HandleAsync(session.Id, tenant.Developer.Actor, Stop), Stop));

            Assert.False(await core.IsGoodAsync(access));
        }
    }

    [Fact]
    public async Task A_browsers_session_has_no_access_token_whoever_signs_one()
    {
        var tenant = await core.NewTenantAsync();
        using var key = await core.Get<SigningKeys>().OpenAsync(Stop);
        var writer = core.Get<AccessTokenWriter>();
        var session = new ProgramSessionId(tenant.Developer.Actor.SessionId!.Value, tenant.Developer.Id, tenant.Id);
        var program = await core.SessionOfAsync(await core.SignInProgramAsync(tenant.Developer));

        Assert.False((await core.TryVerifyAsync(writer.Write(key, session, Role.Developer, core.Time.GetUtcNow()))).Succeeded);
        Assert.False((await core.TryVerifyAsync(writer.Write(key, session with { SessionId = program.Id, MemberId = tenant.Admin.Id }, Role.Developer, core.Time.GetUtcNow()))).Succeeded);
        Assert.True((await core.TryVerifyAsync(writer.Write(key, session with { SessionId = program.Id }, Role.Developer, core.Time.GetUtcNow()))).Succeeded);
    }

    private async Task EndsAsync(TestMember member, Func<Actor, Task> act)
    {
        await core.Get<ChangeFeed>().CatchUpAsync(Stop);
        var access = await core.SignInProgramAsync(member);
        Assert.True(await core.IsGoodAsync(access));

        await act(await core.NewSessionAsync(member));

        Assert.False(await core.IsGoodAsync(access));
        Assert.Equal(AccessTokenErrors.InvalidRefreshToken, (await core.TryRefreshAsync(access.RefreshToken)).Error);
    }

    private async Task<Result<ProgramSession>> VerifyAtAsync(DateTimeOffset now, IssuedAccess access)
    {
        await using var instance = core.NewInstance(services => services.AddSingleton<TimeProvider>(new FakeTimeProvider(now)));
        return await instance.GetRequiredService<AccessTokenVerifier>().VerifyAsync(access.AccessToken.Reveal(), Stop);
    }

    public sealed class OnSqlite(SqliteCore core) : AccessTokenVerifierTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : AccessTokenVerifierTests(core), IClassFixture<PostgreSqlCore>;
}

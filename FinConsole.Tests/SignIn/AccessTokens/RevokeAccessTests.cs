using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn.AccessTokens;
using FinConsole.Core.SignIn.Passwords;
using FinConsole.Core.Tenants;
using FinConsole.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.SignIn.AccessTokens;

/// <summary>A session that ends by one of its tokens (RFC 7009).</summary>
public abstract class RevokeAccessTests(CoreHost core)
{
    [Theory]
    [InlineData("access")]
    [InlineData("refresh")]
    [InlineData("spent")]
    public async Task Any_token_of_a_session_ends_it_with_one_entry_however_often_it_asks(string which)
    {
        var member = (await core.NewTenantAsync()).Developer;
        var first = await core.SignInProgramAsync(member);
        var access = which == "spent" ? await core.RefreshAsync(first.RefreshToken) : first;
        var token = which == "access" ? access.AccessToken : first.RefreshToken;

        var entry = Assert.Single(await core.AuditOfAsync(member.TenantId, async () =>
        {
            Assert.True((await RevokeAsync(token)).Succeeded);
            Assert.True((await RevokeAsync(token)).Succeeded);
        }));

        var session = await core.SessionOfAsync(access);
        Assert.Equal((AuditAction.SessionEnd, ActorKind.Account, member.Id, session.Id), (entry.Action, entry.ActorKind, entry.ActorId, entry.ResourceId));
        Assert.Equal(SessionEnd.SignedOut, session.EndReason);
        Assert.Equal(
            (LoginOutcome.SignedOut, SignInChannel.Api, session.Id),
            (await core.AttemptsAsync(member.TenantId)).Select(attempt => (attempt.Outcome, attempt.Way, attempt.SessionId!.Value)).Last());
        Assert.False((await core.TryVerifyAsync(access.AccessToken)).Succeeded);
        Assert.Equal(AccessTokenErrors.InvalidRefreshToken, (await core.TryRefreshAsync(access.RefreshToken)).Error);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_of_the_operator_s_ends_it_in_the_tenant_s_log_and_not_as_the_member(bool byRefreshToken)
    {
        var member = (await core.NewTenantAsync()).Reviewer;
        var access = await core.SignInProgramAsync(member);
        var before = (await core.AttemptsAsync(member.TenantId)).Count;
        var service = new Actor(ActorKind.Service, Tenant.Operator, Guid.NewGuid(), "ledger", null, TestTenants.Origin);

        var entry = Assert.Single(await core.AuditOfAsync(
            member.TenantId, async () => Assert.True((await RevokeAsync(byRefreshToken ? access.RefreshToken : access.AccessToken, service)).Succeeded)));

        Assert.Equal((AuditAction.SessionEnd, ActorKind.Service, service.Id, "ledger"), (entry.Action, entry.ActorKind, entry.ActorId, entry.ActorName));
        Assert.Equal(before, (await core.AttemptsAsync(member.TenantId)).Count);
        Assert.False((await core.TryVerifyAsync(access.AccessToken)).Succeeded);
    }

    [Fact]
    public async Task Another_session_of_the_same_member_lives()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var (one, other) = (await core.SignInProgramAsync(member), await core.SignInProgramAsync(member));

        Assert.True((await RevokeAsync(one.RefreshToken)).Succeeded);

        Assert.True((await core.TryVerifyAsync(other.AccessToken)).Succeeded);
        Assert.True((await core.TryRefreshAsync(other.RefreshToken)).Succeeded);
    }

    [Fact]
    public async Task What_is_no_token_of_a_session_is_no_error_and_changes_nothing()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var access = await core.SignInProgramAsync(member);

        Assert.Empty(await core.AuditOfAsync(member.TenantId, async () =>
        {
            foreach (var junk in new[] { "x", "a.b.c", access.AccessToken.Reveal() + "x", access.RefreshToken.Reveal()[..^1] })
                Assert.True((await RevokeAsync(new Secret(junk))).Succeeded);
            Assert.True((await RevokeAsync(RefreshToken.NewSecret())).Succeeded);
        }));

        Assert.True((await core.TryVerifyAsync(access.AccessToken)).Succeeded);
    }

    [Fact]
    public async Task Guessing_at_refresh_tokens_is_limited_and_a_server_of_the_operator_s_is_not()
    {
        await using var limited = core.NewInstance(services => services.Configure<RateLimitOptions>(options => options.SignInPerIpPerMinute = 2));
        var revoke = limited.GetRequiredService<RevokeAccess>();
        var service = new Actor(ActorKind.Service, Tenant.Operator, Guid.NewGuid(), "ledger", null, TestTenants.Origin);

        Result last = default;
        for (var tries = 0; tries < 3; tries++)
            last = await revoke.HandleAsync(RefreshToken.NewSecret(), null, AccessSteps.Program, Stop);

        Assert.Equal(ErrorKind.TooManyRequests, last.Error!.Kind);
        Assert.True((await revoke.HandleAsync(RefreshToken.NewSecret(), service, AccessSteps.Program, Stop)).Succeeded);
    }

    private Task<Result> RevokeAsync(Secret token, Actor? service = null) => core.Get<RevokeAccess>().HandleAsync(token, service, AccessSteps.Program, Stop);

    public sealed class OnSqlite(SqliteCore core) : RevokeAccessTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : RevokeAccessTests(core), IClassFixture<PostgreSqlCore>;
}

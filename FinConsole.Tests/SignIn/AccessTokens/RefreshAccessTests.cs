using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn;
using FinConsole.Core.SignIn.AccessTokens;
using FinConsole.Core.SignIn.Passwords;
using FinConsole.Core.Tenants;
using FinConsole.Tests.Fixtures;
using FinConsole.Tests.Mfa;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.SignIn.AccessTokens;

public abstract class RefreshAccessTests(CoreHost core)
{
    [Fact]
    public async Task Each_token_gets_one_more_pair_of_the_same_session()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var first = await core.SignInProgramAsync(member);
        core.Time.Advance(TimeSpan.FromHours(2));

        IssuedAccess? second = null;
        var entry = Assert.Single(await core.AuditOfAsync(member.TenantId, async () => second = await core.RefreshAsync(first.RefreshToken)));

        var session = await core.SessionOfAsync(second!);
        Assert.Equal((await core.SessionOfAsync(first)).Id, session.Id);
        Assert.Equal(core.Time.GetUtcNow(), session.LastSeenAt);
        Assert.Equal((AuditAction.SessionRefresh, session.Id, member.Email), (entry.Action, entry.ResourceId, entry.ActorName));
        var attempt = (await core.AttemptsAsync(member.TenantId))[^1];
        Assert.Equal((LoginOutcome.Success, SignInChannel.Refresh, session.Id), (attempt.Outcome, attempt.Way, attempt.SessionId));
        Assert.False((await core.TryVerifyAsync(first.AccessToken)).Succeeded);
        Assert.True((await core.TryVerifyAsync(second!.AccessToken)).Succeeded);
        Assert.True((await core.TryRefreshAsync(second.RefreshToken)).Succeeded);
    }

    [Fact]
    public async Task A_lost_answer_locks_nobody_out_the_same_token_gets_another_successor()
    {
        var first = await core.SignInProgramAsync((await core.NewTenantAsync()).Developer);
        await core.RefreshAsync(first.RefreshToken);
        await core.RefreshAsync(first.RefreshToken);

        var third = await core.RefreshAsync(first.RefreshToken);

        Assert.True((await core.TryRefreshAsync(third.RefreshToken)).Succeeded);
    }

    [Fact]
    public async Task A_token_that_comes_back_after_its_successor_was_used_ends_the_family()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var (first, other) = (await core.SignInProgramAsync(member), await core.SignInProgramAsync(member));
        var second = await core.RefreshAsync(first.RefreshToken);
        var third = await core.RefreshAsync(second.RefreshToken);
        Assert.True(await core.IsGoodAsync(third));

        var entry = Assert.Single(await core.AuditOfAsync(member.TenantId, async () =>
            Assert.Equal(AccessTokenErrors.InvalidRefreshToken, (await core.TryRefreshAsync(first.RefreshToken)).Error)));

        var session = await core.SessionOfAsync(third);
        Assert.Equal(SessionEnd.RefreshReused, session.EndReason);
        Assert.Equal(
            (AuditAction.SessionRefreshReuse, AuditResult.Failure, session.Id, ActorKind.System, AccessSteps.Program.Ip),
            (entry.Action, entry.Result, entry.ResourceId, entry.ActorKind, entry.Ip));
        var attempt = (await core.AttemptsAsync(member.TenantId))[^1];
        Assert.Equal((LoginOutcome.RefreshReused, SignInChannel.Refresh, session.Id), (attempt.Outcome, attempt.Way, attempt.SessionId));
        Assert.False(await core.IsGoodAsync(third));
        Assert.Equal(AccessTokenErrors.InvalidRefreshToken, (await core.TryRefreshAsync(third.RefreshToken)).Error);
        Assert.True(await core.IsGoodAsync(other));
        Assert.True((await core.TryRefreshAsync(other.RefreshToken)).Succeeded);
    }

    [Fact]
    public async Task A_successor_that_was_replaced_ends_the_family_too_for_two_hold_what_one_was_given()
    {
        var first = await core.SignInProgramAsync((await core.NewTenantAsync()).Developer);
        var lost = await core.RefreshAsync(first.RefreshToken);
        var kept = await core.RefreshAsync(first.RefreshToken);

        Assert.Equal(AccessTokenErrors.InvalidRefreshToken, (await core.TryRefreshAsync(lost.RefreshToken)).Error);

        Assert.Equal(SessionEnd.RefreshReused, (await core.SessionOfAsync(kept)).EndReason);
        Assert.False((await core.TryRefreshAsync(kept.RefreshToken)).Succeeded);
    }

    [Fact]
    public async Task Of_64_refreshes_of_one_token_at_once_one_successor_is_good_and_the_family_lives()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var first = await core.SignInProgramAsync(member);

        var results = await MfaSteps.AtOnceAsync(64, () => core.TryRefreshAsync(first.RefreshToken));

        Assert.All(results, result => Assert.True(result.Succeeded, result.Error?.ToString()));
        Assert.Null((await core.SessionOfAsync(first)).EndedAt);
        var good = Assert.Single(await RowsAsync(member.TenantId), row => row.UsedAt is null && row.ReplacedAt is null);
        var last = Assert.Single(results, result => RefreshToken.HashOf(result.Value!.RefreshToken)!.SequenceEqual(good.Hash)).Value!;
        Assert.True((await core.TryRefreshAsync(last.RefreshToken)).Succeeded);
        Assert.Equal(64, (await core.AttemptsAsync(member.TenantId)).Count(attempt => attempt.Way == SignInChannel.Refresh) - 1);
    }

    [Fact]
    public async Task Twelve_refreshes_of_one_token_at_once_are_twelve_access_tokens_of_one_session_and_all_end_with_the_first_reuse()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var (first, untouched) = (await core.SignInProgramAsync(member), await core.SignInProgramAsync(member));
        var pairs = (await MfaSteps.AtOnceAsync(12, () => core.TryRefreshAsync(first.RefreshToken))).Select(result => result.Value!).ToList();
        var session = await core.SessionOfAsync(first);
        foreach (var pair in pairs)
            Assert.Equal((session.Id, true), ((await core.SessionOfAsync(pair)).Id, await core.IsGoodAsync(pair)));
        var good = Assert.Single(await RowsAsync(member.TenantId), row => row.SessionId == session.Id && row.UsedAt is null && row.ReplacedAt is null);
        var isVoid = pairs.FindIndex(pair => !RefreshToken.HashOf(pair.RefreshToken)!.SequenceEqual(good.Hash));

        Assert.Equal(AccessTokenErrors.InvalidRefreshToken, (await core.TryRefreshAsync(pairs[isVoid].RefreshToken)).Error);

        Assert.Equal(SessionEnd.RefreshReused, (await core.SessionOfAsync(first)).EndReason);
        foreach (var pair in pairs)
            Assert.False(await core.IsGoodAsync(pair) || (await core.TryRefreshAsync(pair.RefreshToken)).Succeeded);
        Assert.True(await core.IsGoodAsync(untouched));
    }

    [Fact]
    public async Task A_member_refreshes_as_often_a_minute_as_they_may_ask_for_anything_else()
    {
        var tenant = await core.NewTenantAsync();
        await using var limited = core.NewInstance(services => services.Configure<RateLimitOptions>(options => options.PerAccountPerMinute = 2));
        Task<Result<IssuedAccess>> RefreshAsync(Secret token) => limited.GetRequiredService<RefreshAccess>().HandleAsync(token, AccessSteps.Program, Stop);
        var (one, other) = (await core.SignInProgramAsync(tenant.Developer), await core.SignInProgramAsync(tenant.Developer));
        var second = await RefreshAsync(one.RefreshToken);
        Assert.True((await RefreshAsync(other.RefreshToken)).Succeeded);

        Assert.Empty(await core.AuditOfAsync(tenant.Id, async () => Assert.Equal("too_many_tries", (await RefreshAsync(second.Value!.RefreshToken)).Error?.Code)));
        Assert.Equal(2, (await core.AttemptsAsync(tenant.Id)).Count(attempt => attempt.Way == SignInChannel.Refresh));
        Assert.True((await RefreshAsync((await core.SignInProgramAsync(tenant.Admin)).RefreshToken)).Succeeded);

        core.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.True((await RefreshAsync(second.Value!.RefreshToken)).Succeeded);
    }

    [Fact]
    public async Task A_token_that_is_over_is_a_try_and_takes_nothing_from_what_its_owner_may_do()
    {
        var member = (await core.NewTenantAsync()).Developer;
        await using var limited = core.NewInstance(services => services.Configure<RateLimitOptions>(options =>
            (options.PerAccountPerMinute, options.SignInPerIpPerMinute) = (1, 2)));
        Task<Result<IssuedAccess>> RefreshAsync(Secret token) => limited.GetRequiredService<RefreshAccess>().HandleAsync(token, AccessSteps.Program, Stop);
        var (dead, live) = (await core.SignInProgramAsync(member), await core.SignInProgramAsync(member));
        await core.Get<SignOut>().HandleAsync(await core.ActorOfAsync(dead), Stop, SignInChannel.Api);

        foreach (var code in (string[])["invalid_refresh_token", "invalid_refresh_token", "too_many_tries"])
            Assert.Equal(code, (await RefreshAsync(dead.RefreshToken)).Error?.Code);

        Assert.Equal(2, (await core.AttemptsAsync(member.TenantId)).Count(attempt => attempt.Outcome == LoginOutcome.SessionOver));
        Assert.True((await RefreshAsync(live.RefreshToken)).Succeeded);
    }

    [Fact]
    public async Task The_old_token_and_its_successor_at_once_leave_one_good_token_or_none()
    {
        for (var round = 0; round < 8; round++)
        {
            var member = (await core.NewTenantAsync()).Developer;
            var first = await core.SignInProgramAsync(member);
            var second = await core.RefreshAsync(first.RefreshToken);

            var results = await Task.WhenAll(
                Task.Run(() => core.TryRefreshAsync(first.RefreshToken), Stop), Task.Run(() => core.TryRefreshAsync(second.RefreshToken), Stop));

            // Whichever was first, the other one proves that two hold the family.
            Assert.Single(results, result => result.Succeeded);
            Assert.Equal(SessionEnd.RefreshReused, (await core.SessionOfAsync(first)).EndReason);
        }
    }

    [Fact]
    public async Task Unknown_and_malformed_tokens_are_refused_alike_and_kept_for_the_operator()
    {
        var before = (await core.AttemptsAsync(Tenant.Operator)).Count;

        foreach (var junk in (string[])["", "junk", RefreshToken.Prefix, RefreshToken.NewSecret().Reveal(), new string('x', 100_000)])
            Assert.Equal(AccessTokenErrors.InvalidRefreshToken, (await core.TryRefreshAsync(new Secret(junk))).Error);

        Assert.Equal(5, (await core.AttemptsAsync(Tenant.Operator)).Count - before);
    }

    [Fact]
    public async Task A_deactivated_member_and_a_closed_tenant_refresh_no_more()
    {
        var tenant = await core.NewTenantAsync();
        var (developer, admin) = (await core.SignInProgramAsync(tenant.Developer), await core.SignInProgramAsync(tenant.Admin));
        await core.ChangeAsync(tenant.Developer, row => row.DeactivatedAt = core.Time.GetUtcNow());
        Assert.Equal(AccessTokenErrors.InvalidRefreshToken, (await core.TryRefreshAsync(developer.RefreshToken)).Error);

        await using (var db = core.Db.OpenForOperator())
            await db.Set<Tenant>().Where(row => row.Id == tenant.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.ClosedAt, core.Time.GetUtcNow()), Stop);

        Assert.Equal(AccessTokenErrors.InvalidRefreshToken, (await core.TryRefreshAsync(admin.RefreshToken)).Error);
    }

    [Fact]
    public async Task Tokens_are_forgotten_when_their_family_is_over()
    {
        var member = (await core.NewTenantAsync()).Developer;
        await core.SignInProgramAsync(member);
        core.Time.Advance(MemberSession.ProgramLife - TimeSpan.FromSeconds(1));
        await core.Get<RefreshTokens>().ForgetAsync(Stop);
        Assert.Single(await RowsAsync(member.TenantId));

        core.Time.Advance(TimeSpan.FromSeconds(1));
        await core.Get<RefreshTokens>().ForgetAsync(Stop);

        Assert.Empty(await RowsAsync(member.TenantId));
    }

    private async Task<List<RefreshToken>> RowsAsync(Guid tenantId)
    {
        await using var db = core.Db.Open(tenantId);
        return await db.Set<RefreshToken>().AsNoTracking().ToListAsync(Stop);
    }

    public sealed class OnSqlite(SqliteCore core) : RefreshAccessTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : RefreshAccessTests(core), IClassFixture<PostgreSqlCore>;
}

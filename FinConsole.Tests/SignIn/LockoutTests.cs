using FinConsole.Core.Common;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.SignIn;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.SignIn;

public abstract class LockoutTests(CoreHost core)
{
    private static readonly Secret Wrong = new("not-the-password-at-all");

    [Fact]
    public async Task Locks_after_five_failures_and_longer_after_each_further_one()
    {
        var member = (await core.NewTenantAsync()).Developer;
        for (var failure = 1; failure < 5; failure++)
        {
            await FailAsync(member);
            Assert.Null((await core.ReadAsync(member)).LockoutEnd);
        }

        foreach (var minutes in (int[])[1, 2, 4, 8, 15, 15, 15])
        {
            await FailAsync(member);
            Assert.Equal(core.Time.GetUtcNow().AddMinutes(minutes), (await core.ReadAsync(member)).LockoutEnd);
            core.Time.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(1));
            Assert.Equal(SignInErrors.InvalidCredentials, (await SignInAsync(member, TestMember.Secret)).Error);
            core.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.True((await SignInAsync(member, TestMember.Secret)).Succeeded);
    }

    [Fact]
    public async Task Success_forgets_all_failures()
    {
        var member = (await core.NewTenantAsync()).Developer;
        for (var round = 0; round < 3; round++)
        {
            for (var failure = 0; failure < 4; failure++)
                await FailAsync(member);
            Assert.True((await SignInAsync(member, TestMember.Secret)).Succeeded);
        }

        var row = await core.ReadAsync(member);
        Assert.Equal((0, null), (row.AccessFailedCount, row.LockoutEnd));
    }

    [Fact]
    public async Task Tries_during_a_lock_neither_count_nor_prolong_it()
    {
        var member = (await core.NewTenantAsync()).Developer;
        for (var failure = 0; failure < 5; failure++)
            await FailAsync(member);
        var locked = await core.ReadAsync(member);

        core.Time.Advance(TimeSpan.FromSeconds(30));
        for (var tries = 0; tries < 10; tries++)
            await FailAsync(member);

        var later = await core.ReadAsync(member);
        Assert.Equal((locked.AccessFailedCount, locked.LockoutEnd), (later.AccessFailedCount, later.LockoutEnd));
    }

    [Fact]
    public async Task Stops_for_good_at_a_hundred_failures_in_a_row()
    {
        var member = (await core.NewTenantAsync()).Developer;
        await core.ChangeAsync(member, row => row.AccessFailedCount = 98);
        await FailAsync(member);
        core.Time.Advance(TimeSpan.FromMinutes(15));
        await FailAsync(member);
        Assert.Equal(100, (await core.ReadAsync(member)).AccessFailedCount);

        core.Time.Advance(TimeSpan.FromDays(3650));

        Assert.Equal(SignInErrors.InvalidCredentials, (await SignInAsync(member, TestMember.Secret)).Error);
        Assert.Equal(LoginOutcome.Locked, (await core.AttemptsAsync(member.TenantId))[^1].Outcome);
    }

    [Fact]
    public async Task A_hundred_wrong_passwords_at_once_get_no_more_than_five_evaluated()
    {
        var member = (await core.NewTenantAsync()).Developer;
        // A hash of its own: members share theirs otherwise, and the count must be of this account alone.
        var hash = CountingHasher.Of(CountingHasher.Iterations).HashPassword(null!, TestMember.Password);
        await core.ChangeAsync(member, row => row.PasswordHash = hash);

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(number => Task.Run(() => SignInAsync(member, new Secret($"guess-number-{number:000}")))));

        Assert.All(answers, answer => Assert.False(answer.Succeeded));
        Assert.InRange(core.Hasher.VerificationsOf(hash), 1, 5);
        Assert.Equal(core.Hasher.VerificationsOf(hash), (await core.AttemptsAsync(member.TenantId)).Count(attempt => attempt.Outcome == LoginOutcome.WrongPassword));
        Assert.Equal(SignInErrors.InvalidCredentials, (await SignInAsync(member, TestMember.Secret)).Error);
    }

    [Fact]
    public async Task Two_instances_share_the_count()
    {
        var member = (await core.NewTenantAsync()).Developer;
        await using var other = core.NewInstance();
        var second = (SignInWithPassword)other.GetService(typeof(SignInWithPassword))!;
        for (var failure = 0; failure < 3; failure++)
            await FailAsync(member);
        for (var failure = 0; failure < 2; failure++)
            await second.HandleAsync(member.Email, Wrong, TestTenants.Origin, Stop);

        Assert.Equal(SignInErrors.InvalidCredentials, (await SignInAsync(member, TestMember.Secret)).Error);
    }

    private async Task FailAsync(TestMember member) => Assert.Equal(SignInErrors.InvalidCredentials, (await SignInAsync(member, Wrong)).Error);

    private Task<Result<SignInProgress>> SignInAsync(TestMember member, Secret password) =>
        core.Get<SignInWithPassword>().HandleAsync(member.Email, password, TestTenants.Origin, Stop);

    public sealed class OnSqlite(SqliteCore core) : LockoutTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : LockoutTests(core), IClassFixture<PostgreSqlCore>;
}

using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Rotation;
using FinConsole.Core.Common;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn;
using FinConsole.Core.SignIn.Passwords;
using FinConsole.Tests.ApiTokens;
using FinConsole.Tests.EncryptionKeys;
using FinConsole.Tests.Fixtures;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.SignIn;

/// <summary>Calls that overlap and present the same credentials (docs/adr/0029).</summary>
public abstract class SharedCredentialTests(CoreHost core)
{
    private const int Many = 64;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_64_rotations_at_once_one_succeeds_and_63_meet_a_conflict_at_the_real_cost_and_limit(bool encrypted)
    {
        var tenant = await core.NewTenantWithKeyAsync();
        var (old, key) = (await core.MakeTokenAsync(tenant), await core.CurrentKeyAsync(tenant));
        await using var instance = core.NewInstance(services => services
            .AddSingleton<IPasswordHasher<ConsoleUser>>(CountingHasher.Of(SignInServices.PasswordIterations))
            .Configure<RateLimitOptions>(options => options.SignInPerIpPerMinute = new RateLimitOptions().SignInPerIpPerMinute));
        await core.ChangeAsync(tenant.Cashier, row => row.PasswordHash = CountingHasher.Of(SignInServices.PasswordIterations).HashPassword(row, TestMember.Password));

        var results = await AtOnceAsync(() =>
        {
            // Each ciphertext of one password is another.
            var password = encrypted ? KeySteps.Encrypt(key, TestMember.Password) : TestMember.Password;
            var request = new RotateApiTokenRequest(old.Token.Id, TokenOverlap.Hours24, new CashierCredentials(tenant.Cashier.Email, new Secret(password)));
            return instance.GetRequiredService<RotateApiToken>().HandleAsync(request, tenant.Developer.Actor, Stop);
        });

        Assert.Single(results, result => result.Succeeded);
        Assert.All(results.Where(result => !result.Succeeded), result => Assert.Equal(ApiTokenErrors.RotatedMeanwhile, result.Error));
    }

    [Fact]
    public async Task Of_many_encrypted_passwords_one_is_hashed_however_late_the_last_is_opened()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        var passwords = core.Get<PasswordCheck>();
        var question = new PasswordQuestion(tenant.Cashier.Email, TestMember.Secret, SignInChannel.CashierCheck, TestTenants.Origin, tenant.Id, Role.Cashier);
        var before = core.Hasher.Verifications;

        using (var late = passwords.Arrive(tenant.Cashier.Email, tenant.Id))
        {
            Assert.True((await passwords.CheckAsync(question, Stop)).Succeeded);
            Assert.True((await passwords.CheckAsync(question with { Arrival = late }, Stop)).Succeeded);
            Assert.Equal(1, core.Hasher.Verifications - before);
            // Who comes after the check shares nothing, nor does another password.
            Assert.True((await passwords.CheckAsync(question, Stop)).Succeeded);
            Assert.False((await passwords.CheckAsync(question with { Arrival = late, Password = new Secret("not the password") }, Stop)).Succeeded);
            Assert.Equal(3, core.Hasher.Verifications - before);
        }

        Assert.True((await passwords.CheckAsync(question, Stop)).Succeeded);
        Assert.Equal(4, core.Hasher.Verifications - before);
    }

    [Fact]
    public async Task A_right_password_is_hashed_once_for_all_who_wait_for_it()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var before = core.Hasher.Verifications;

        var results = await HeldUpAsync(() => SignInAsync(core.Services, member.Email, TestMember.Password));

        Assert.All(results, result => Assert.NotNull(result.Value?.Session));
        Assert.Equal(1, core.Hasher.Verifications - before);
        Assert.Equal(Many, await AttemptsAsync(member, LoginOutcome.Success));
        Assert.Equal(0, (await core.ReadAsync(member)).AccessFailedCount);
    }

    [Fact]
    public async Task A_wrong_password_counts_for_each_who_presents_it()
    {
        var member = (await core.NewTenantAsync()).Developer;

        var results = await AtOnceAsync(() => OnceNotBusyAsync(() => SignInAsync(core.Services, member.Email, "not the password")));

        Assert.All(results, result => Assert.Equal(SignInErrors.InvalidCredentials, result.Error));
        Assert.Equal(5, await AttemptsAsync(member, LoginOutcome.WrongPassword));
        Assert.Equal(Many - 5, await AttemptsAsync(member, LoginOutcome.Locked));
        Assert.True((await core.ReadAsync(member)).LockoutEnd > core.Time.GetUtcNow());
    }

    [Theory]
    [InlineData("deactivated")]
    [InlineData("locked")]
    [InlineData("changed")]
    public async Task What_was_right_is_not_shared_with_an_account_that_was_changed_meanwhile(string how)
    {
        var member = (await core.NewTenantAsync()).Developer;
        await core.ChangeAsync(member, row => row.TwoFactorEnabled = how == "locked");

        var results = await HeldUpAsync(() => OnceNotBusyAsync(() => SignInAsync(core.Services, member.Email, TestMember.Password)), () => core.ChangeAsync(member, row =>
        {
            row.DeactivatedAt = how == "deactivated" ? core.Time.GetUtcNow() : null;
            row.LockoutEnd = how == "locked" ? DateTimeOffset.MaxValue : null;
            row.PasswordHash = how == "changed" ? CountingHasher.Of(CountingHasher.Iterations).HashPassword(row, "another password 88") : row.PasswordHash;
            row.SecurityStamp = how == "locked" ? row.SecurityStamp : "another";
        }));

        // The first took its place before the lock, and goes on to the second factor. A session is opened for nobody whose account changed.
        Assert.Equal(how == "locked" ? 1 : 0, results.Count(result => result.Succeeded));
    }

    [Fact]
    public async Task Different_passwords_share_nothing()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var signIn = SignInAsync(core.Services, member.Email, TestMember.Password);

        Assert.Equal(SignInErrors.InvalidCredentials, (await SignInAsync(core.Services, member.Email, TestMember.Password + " ")).Error);
        Assert.True((await signIn).Succeeded);
    }

    private static Task<Result<SignInProgress>> SignInAsync(IServiceProvider services, string email, string password) =>
        services.GetRequiredService<SignInWithPassword>().HandleAsync(email, new Secret(password), TestTenants.Origin, Stop);

    // Holds up the first computation until all have asked, and something was done meanwhile.
    private async Task<T[]> HeldUpAsync<T>(Func<Task<T>> act, Func<Task>? meanwhile = null)
    {
        using var gate = new ManualResetEventSlim();
        var begun = new TaskCompletionSource();
        (core.Hasher.HeldUpBy, core.Hasher.Verifying) = (gate, () => begun.TrySetResult());
        try
        {
            var all = Enumerable.Range(0, Many).Select(_ => act()).ToArray();
            await begun.Task;
            await (meanwhile?.Invoke() ?? Task.CompletedTask);
            gate.Set();
            return await Task.WhenAll(all);
        }
        finally
        {
            gate.Set();
            (core.Hasher.HeldUpBy, core.Hasher.Verifying) = (null, null);
        }
    }

    private static Task<T[]> AtOnceAsync<T>(Func<Task<T>> act) => Task.WhenAll(Enumerable.Range(0, Many).Select(_ => Task.Run(act)));

    private static async Task<Result<T>> OnceNotBusyAsync<T>(Func<Task<Result<T>>> act)
    {
        while (true)
        {
            var result = await act();
            if (result.Error != SignInErrors.Busy)
                return result;
        }
    }

    private async Task<int> AttemptsAsync(TestMember member, LoginOutcome outcome)
    {
        await using var db = core.Db.Open(member.TenantId);
        return await db.Set<LoginAttempt>().CountAsync(attempt => attempt.MemberId == member.Id && attempt.Outcome == outcome, Stop);
    }

    public sealed class OnSqlite(SqliteCore core) : SharedCredentialTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : SharedCredentialTests(core), IClassFixture<PostgreSqlCore>;
}

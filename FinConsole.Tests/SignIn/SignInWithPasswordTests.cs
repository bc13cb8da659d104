using System.Buffers.Binary;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.SignIn;
using FinConsole.Core.SignIn.Passwords;
using FinConsole.Core.SignIn.Sessions;
using FinConsole.Core.Tenants;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.SignIn;

public abstract class SignInWithPasswordTests(CoreHost core)
{
    private static readonly Secret Wrong = new("not-the-password-at-all");

    [Fact]
    public async Task Opens_a_session_and_writes_history_and_audit()
    {
        var member = (await core.NewTenantAsync()).Developer;

        SignedIn signedIn = null!;
        var entry = Assert.Single(await core.AuditOfAsync(member.TenantId, async () => signedIn = await SucceedAsync(member.Email)));

        Assert.Equal((member.Id, member.TenantId, member.Email, member.Role), (signedIn.MemberId, signedIn.TenantId, signedIn.Email, signedIn.Role));
        Assert.Equal(core.Time.GetUtcNow().AddHours(12), signedIn.ExpiresAt);
        Assert.NotNull(await core.Get<CheckSession>().FindAsync(member.TenantId, signedIn.SessionId, Stop));
        Assert.Equal((AuditAction.SessionStart, signedIn.SessionId, AuditResult.Success), (entry.Action, entry.ResourceId, entry.Result));
        var attempt = Assert.Single(await core.AttemptsAsync(member.TenantId));
        Assert.Equal((LoginOutcome.Success, SignInChannel.Console, member.Id, signedIn.SessionId), (attempt.Outcome, attempt.Way, attempt.MemberId, attempt.SessionId));
        Assert.Equal(("Firefox on Linux", TestTenants.Origin.Ip), (attempt.Device, attempt.Ip));
        Assert.Equal(core.Time.GetUtcNow(), (await core.ReadAsync(member)).LastSignInAt);
    }

    [Fact]
    public async Task Knows_the_address_in_any_letter_case_and_with_blanks_around_it()
    {
        var member = (await core.NewTenantAsync()).Developer;

        await SucceedAsync($"  {member.Email.ToUpperInvariant()} ");
    }

    [Fact]
    public async Task Answers_alike_and_computes_one_hash_for_wrong_unknown_locked_deactivated_and_closed()
    {
        var tenant = await core.NewTenantAsync();
        var closed = await core.NewTenantAsync();
        await core.ChangeAsync(tenant.Reviewer, row => row.DeactivatedAt = core.Time.GetUtcNow());
        await core.ChangeAsync(tenant.Cashier, row => row.LockoutEnd = core.Time.GetUtcNow().AddMinutes(1));
        await CloseAsync(closed.Id);
        (string Email, Secret Password, LoginOutcome Outcome)[] cases =
        [
            (tenant.Developer.Email, Wrong, LoginOutcome.WrongPassword),
            ("nobody@" + tenant.Developer.Email.Split('@')[1], TestMember.Secret, LoginOutcome.UnknownAccount),
            (tenant.Cashier.Email, TestMember.Secret, LoginOutcome.Locked),
            (tenant.Reviewer.Email, TestMember.Secret, LoginOutcome.Deactivated),
            (closed.Admin.Email, TestMember.Secret, LoginOutcome.Deactivated),
        ];

        foreach (var (email, password, outcome) in cases)
        {
            var before = core.Hasher.Verifications;
            var answer = await SignInAsync(email, password);

            Assert.Equal(SignInErrors.InvalidCredentials, answer.Error);
            Assert.Equal(1, core.Hasher.Verifications - before);
            var owner = email == closed.Admin.Email ? closed.Id : tenant.Id;
            Assert.Equal(outcome, (await core.AttemptsAsync(owner))[^1].Outcome);
        }

        Assert.Empty(await core.AuditAsync(tenant.Id));
    }

    [Fact]
    public async Task Gives_attempts_on_unknown_accounts_to_the_tenant_of_their_domain_or_to_the_operator()
    {
        var tenant = await core.NewTenantAsync();
        var domain = tenant.Admin.Email.Split('@')[1];
        var stranger = $"stranger-{Guid.NewGuid():N}@nowhere.example";

        await SignInAsync($"Nobody@{domain.ToUpperInvariant()}", Wrong);
        await SignInAsync(stranger, Wrong);

        var mine = Assert.Single(await core.AttemptsAsync(tenant.Id));
        Assert.Equal((LoginOutcome.UnknownAccount, null), (mine.Outcome, mine.MemberId));
        Assert.Contains(await core.AttemptsAsync(Tenant.Operator), attempt => attempt.Account == stranger);
    }

    [Fact]
    public async Task Upgrades_an_old_hash_and_keeps_the_password()
    {
        var member = (await core.NewTenantAsync()).Developer;
        await core.ChangeAsync(member, row => row.PasswordHash = CountingHasher.Of(500).HashPassword(row, TestMember.Password));

        await SucceedAsync(member.Email);

        Assert.Equal(CountingHasher.Iterations, IterationsOf((await core.ReadAsync(member)).PasswordHash!));
        await SucceedAsync(member.Email);
    }

    [Theory]
    [InlineData("pa\u0301ssphrase mit a\u0308hnlichem wort", "p\u00e1ssphrase mit \u00e4hnlichem wort")]
    [InlineData("ﬁne words in a ligature 12", "fine words in a ligature 12")]
    public async Task Takes_the_same_characters_typed_on_another_keyboard(string set, string typed)
    {
        var member = (await core.NewTenantAsync()).Developer;
        var hash = (await core.Get<NewPassword>().HashAsync(new Secret(set), new PasswordOwner("", "", "", HasMfa: false), Stop)).Value!;
        await core.ChangeAsync(member, row => row.PasswordHash = hash);

        Assert.True((await SignInAsync(member.Email, new Secret(typed))).Succeeded);
    }

    [Fact]
    public async Task Lets_twenty_tries_a_minute_in_from_one_address_and_looks_at_no_more()
    {
        await using var limited = core.NewInstance(services => services.Configure<RateLimitOptions>(options => options.SignInPerIpPerMinute = 20));
        var signIn = limited.GetRequiredService<SignInWithPassword>();
        var tenant = await core.NewTenantAsync();
        var here = TestTenants.Origin with { Ip = "198.51.100.1" };
        for (var tries = 0; tries < 20; tries++)
            Assert.Equal(ErrorKind.Unauthenticated, (await signIn.HandleAsync($"nobody{tries}@nowhere.example", Wrong, here, Stop)).Error?.Kind);
        var hashes = core.Hasher.Verifications;

        var refused = (await signIn.HandleAsync(tenant.Developer.Email, TestMember.Secret, here, Stop)).Error!;

        Assert.Equal(("too_many_tries", ErrorKind.TooManyRequests), (refused.Code, refused.Kind));
        Assert.InRange(refused.RetryAfter!.Value, TimeSpan.FromTicks(1), TimeSpan.FromMinutes(1));
        Assert.Equal(hashes, core.Hasher.Verifications);
        Assert.True((await signIn.HandleAsync(tenant.Developer.Email, TestMember.Secret, here with { Ip = "198.51.100.2" }, Stop)).Succeeded);
        core.Time.Advance(refused.RetryAfter.Value);
        Assert.True((await signIn.HandleAsync(tenant.Developer.Email, TestMember.Secret, here, Stop)).Succeeded);
    }

    [Fact]
    public async Task Counts_all_addresses_of_an_IPv6_customer_as_one_and_those_of_the_next_apart()
    {
        await using var limited = core.NewInstance(services => services.Configure<RateLimitOptions>(options => options.SignInPerIpPerMinute = 20));
        var signIn = limited.GetRequiredService<SignInWithPassword>();
        var member = (await core.NewTenantAsync()).Developer;
        for (var tries = 0; tries < 20; tries++)
            Assert.Equal(ErrorKind.Unauthenticated, (await TryAsync($"2001:db8:7:1:{tries:x}::{tries + 1:x}")).Error?.Kind);

        Assert.Equal("too_many_tries", (await TryAsync("2001:db8:7:1:ffff:ffff:ffff:ffff")).Error?.Code);
        Assert.Equal("too_many_tries", (await TryAsync("2001:DB8:7:1::")).Error?.Code);
        Assert.True((await signIn.HandleAsync(member.Email, TestMember.Secret, TestTenants.Origin with { Ip = "2001:db8:7:2::1" }, Stop)).Succeeded);
        Assert.Equal(ErrorKind.Unauthenticated, (await TryAsync("::ffff:198.51.100.9")).Error?.Kind);
        Assert.Equal(ErrorKind.Unauthenticated, (await TryAsync("::ffff:198.51.100.10")).Error?.Kind);

        Task<Result<SignInProgress>> TryAsync(string ip) => signIn.HandleAsync("nobody@nowhere.example", Wrong, TestTenants.Origin with { Ip = ip }, Stop);
    }

    [Fact]
    public async Task Hashes_for_two_at_a_time_and_tells_others_after_two_seconds_to_come_back()
    {
        var tenant = await core.NewTenantAsync();
        using var hold = new ManualResetEventSlim();
        core.Hasher.HeldUpBy = hold;
        try
        {
            var before = core.Hasher.Verifications;
            var two = new[] { SignInAsync(tenant.Admin.Email, TestMember.Secret), SignInAsync(tenant.Developer.Email, TestMember.Secret) };
            while (core.Hasher.Verifications - before < 2)
                await Task.Yield();

            var waited = System.Diagnostics.Stopwatch.StartNew();
            var third = await SignInAsync(tenant.Reviewer.Email, TestMember.Secret);

            Assert.Equal(SignInErrors.Busy, third.Error);
            Assert.InRange(waited.Elapsed, TimeSpan.FromSeconds(1.9), TimeSpan.FromSeconds(10));
            Assert.Equal(2, core.Hasher.Verifications - before);

            var fourth = SignInAsync(tenant.Cashier.Email, TestMember.Secret);
            hold.Set();
            Assert.All(await Task.WhenAll([.. two, fourth]), answer => Assert.True(answer.Succeeded));
        }
        finally
        {
            hold.Set();
            core.Hasher.HeldUpBy = null;
        }
    }

    [Theory]
    [MemberData(nameof(NaughtyStrings.Names), MemberType = typeof(NaughtyStrings))]
    public async Task Takes_anything_as_address_and_password(string name)
    {
        var text = NaughtyStrings.All[name];
        var member = (await core.NewTenantAsync()).Developer;

        Assert.Equal(SignInErrors.InvalidCredentials, (await SignInAsync(text, new Secret(text))).Error);
        Assert.Equal(SignInErrors.InvalidCredentials, (await SignInAsync(member.Email, new Secret(text))).Error);
    }

    private static int IterationsOf(string hash) => BinaryPrimitives.ReadInt32BigEndian(Convert.FromBase64String(hash).AsSpan(5));

    private async Task CloseAsync(Guid tenant)
    {
        await using var db = core.Db.OpenForOperator();
        await db.Set<Tenant>().Where(row => row.Id == tenant).ExecuteUpdateAsync(set => set.SetProperty(row => row.ClosedAt, core.Time.GetUtcNow()), Stop);
    }

    private Task<Result<SignInProgress>> SignInAsync(string email, Secret password) => core.Get<SignInWithPassword>().HandleAsync(email, password, TestTenants.Origin, Stop);

    private async Task<SignedIn> SucceedAsync(string email)
    {
        var answer = await SignInAsync(email, TestMember.Secret);
        Assert.True(answer.Succeeded, answer.Error?.Message);
        return answer.Value.Session!;
    }

    public sealed class OnSqlite(SqliteCore core) : SignInWithPasswordTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : SignInWithPasswordTests(core), IClassFixture<PostgreSqlCore>;
}

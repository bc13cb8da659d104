using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.Audit.Verification;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Demo;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn;
using FinConsole.Core.Tenants;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.Demo;

/// <summary>What somebody finds who starts the console to try it out.</summary>
public sealed class DemoDataTests(DemoHost demo) : IClassFixture<DemoHost>
{
    private DateTimeOffset Now => demo.Core.Time.GetUtcNow();

    [Theory]
    [InlineData("admin@acme.example", Role.TenantAdmin)]
    [InlineData("developer@acme.example", Role.Developer)]
    [InlineData("reviewer@acme.example", Role.SecurityReviewer)]
    [InlineData("cashier@acme.example", Role.Cashier)]
    [InlineData("admin@globex.example", Role.TenantAdmin)]
    public async Task Lets_the_people_of_the_readme_sign_in(string email, Role role)
    {
        var signedIn = await demo.Services.GetRequiredService<SignInWithPassword>().HandleAsync(email, new Secret(DemoHost.Password), TestTenants.Origin, Stop);
        Assert.Equal(role, signedIn.Value?.Session?.Role);
    }

    [Fact]
    public async Task Has_twelve_members_of_mixed_roles_of_whom_one_left()
    {
        var members = (await InAcmeAsync<ConsoleUser>()).ToList();
        Assert.Equal(12, members.Count);
        Assert.Equal([(Role.TenantAdmin, 2), (Role.Developer, 5), (Role.SecurityReviewer, 2), (Role.Cashier, 3)], members.GroupBy(member => member.Role).OrderBy(group => group.Key).Select(group => (group.Key, group.Count())));
        Assert.Single(members, member => member.DeactivatedAt is not null);
        // Nobody has their phones, so none of those whom the README lets sign in may need one.
        Assert.Equal(
            ["jonas.weber@acme.example", "nadia.haddad@acme.example", "sofia.lang@acme.example"],
            members.Where(member => member.TwoFactorEnabled).Select(member => member.Email).Order(StringComparer.Ordinal));
        Assert.All(members, member => Assert.True(member is { AccessFailedCount: 0, LockoutEnd: null }, $"{member.Email} starts with failures"));
    }

    [Fact]
    public async Task Shows_a_token_in_every_status()
    {
        var statuses = (await InAcmeAsync<ApiToken>()).Select(token => TokenStatusRule.Of(token, Now)).ToHashSet();
        Assert.Equal(Enum.GetValues<TokenStatus>().ToHashSet(), statuses);
    }

    [Fact]
    public async Task Shows_tokens_in_every_environment_and_with_every_reason_overdue_and_dormant()
    {
        var tokens = await InAcmeAsync<ApiToken>();
        Assert.Equal(Enum.GetValues<TokenEnvironment>().ToHashSet(), tokens.Select(token => token.Environment).ToHashSet());
        Assert.Equal(Enum.GetValues<InvalidationReason>().ToHashSet(), tokens.Select(token => token.InvalidationReason).OfType<InvalidationReason>().ToHashSet());
        Assert.Equal(Enum.GetValues<TokenExpiry>().ToHashSet(), tokens.Select(token => token.Expiry).ToHashSet());
        Assert.Contains(tokens, token => token.LastUsedAt is null);
        Assert.Contains(tokens, token => token.LastUsedAt > Now.AddHours(-2));
        Assert.All(tokens, token => Assert.False(token.LastUsedAt > Now));
        Assert.True(tokens.Count(token => token.PredecessorId is not null) >= 6);

        var views = await ListAsync();
        Assert.Contains(views, row => row.Token.Overdue);
        Assert.Contains(views, row => row.Token.Dormant);
        Assert.Contains(views, row => !row.Token.Dormant && !row.Token.HasEnded);
        Assert.Contains(views, row => row.Predecessor is not null);
    }

    [Fact]
    public async Task The_pending_token_is_void_ten_minutes_later()
    {
        var pending = (await InAcmeAsync<ApiToken>()).Where(token => TokenStatusRule.Of(token, Now) == TokenStatus.Pending).ToList();
        Assert.All(pending, token => Assert.Equal(TokenStatus.Void, TokenStatusRule.Of(token, Now + ApiToken.PendingLimit)));
    }

    [Fact]
    public async Task Has_a_login_history_of_ninety_days_with_nights_to_look_into()
    {
        var attempts = await InAcmeAsync<LoginAttempt>();
        Assert.InRange(attempts.Count, 300, 1000);
        Assert.True(attempts.Min(attempt => attempt.At) <= Now.AddDays(-90));
        Assert.True(attempts.Max(attempt => attempt.At) > Now.AddDays(-4));
        LoginOutcome[] expected = [LoginOutcome.Success, LoginOutcome.WrongPassword, LoginOutcome.UnknownAccount, LoginOutcome.Locked, LoginOutcome.Deactivated, LoginOutcome.SignedOut, LoginOutcome.WrongRole,
            LoginOutcome.MfaPassed, LoginOutcome.MfaRequired, LoginOutcome.MfaFailed, LoginOutcome.RetiredToken];
        Assert.Equal(expected.ToHashSet(), attempts.Select(attempt => attempt.Outcome).ToHashSet());

        var spray = attempts.Where(attempt => attempt.Ip == "192.0.2.77").ToList();
        Assert.True(spray.Select(attempt => attempt.Account).Distinct().Count() >= 12);
        Assert.True(spray.Max(attempt => attempt.At) - spray.Min(attempt => attempt.At) < TimeSpan.FromMinutes(5));
        var takeover = attempts.Where(attempt => attempt.Ip == "192.0.2.201").OrderBy(attempt => attempt.Id).Select(attempt => attempt.Outcome);
        Assert.Equal([LoginOutcome.WrongPassword, LoginOutcome.WrongPassword, LoginOutcome.WrongPassword, LoginOutcome.Success, LoginOutcome.SignedOut], takeover);
    }

    [Fact]
    public async Task Numbers_attempts_in_the_order_of_their_times()
    {
        var attempts = (await InAcmeAsync<LoginAttempt>()).OrderBy(attempt => attempt.Id).Select(attempt => attempt.At).ToList();
        Assert.Equal(attempts.Order(), attempts);
    }

    [Fact]
    public async Task Uses_addresses_from_the_documentation_ranges_alone()
    {
        var attempts = await InAcmeAsync<LoginAttempt>();
        System.Net.IPNetwork[] ranges = [.. new[] { "203.0.113.0/24", "198.51.100.0/24", "192.0.2.0/24", "2001:db8::/32" }.Select(System.Net.IPNetwork.Parse)];
        Assert.All(attempts, attempt => Assert.Contains(ranges, range => range.Contains(System.Net.IPAddress.Parse(attempt.Ip!))));
    }

    [Fact]
    public async Task Leaves_the_main_accounts_without_an_open_session()
    {
        var open = (await InAcmeAsync<MemberSession>()).Where(session => session.EndedAt is null && session.CreatedAt < Now && session.LastSeenAt > Now - SessionLimits.Default.Idle).ToList();
        var priya = (await InAcmeAsync<ConsoleUser>()).Single(member => member.Email == "priya.raman@acme.example");
        Assert.All(open, session => Assert.Equal(priya.Id, session.MemberId));
    }

    [Fact]
    public async Task The_audit_log_runs_in_time_and_verifies()
    {
        var acme = await AcmeAsync();
        var entries = await demo.Core.AuditAsync(acme.Id);
        Assert.Equal(entries.Select(entry => entry.At).Order(), entries.Select(entry => entry.At));
        Assert.Contains(entries, entry => entry is { Action: AuditAction.TokenCreate, Result: AuditResult.Failure });
        Assert.Contains(entries, entry => entry.Action == AuditAction.TokenRemind);
        var verdict = await demo.Services.GetRequiredService<ChainVerifier>().VerifyAsync(acme.Id, null, null, Stop);
        Assert.True(verdict.Intact, verdict.ToString());
    }

    [Fact]
    public async Task A_second_start_adds_nothing()
    {
        var before = (await InAcmeAsync<LoginAttempt>()).Count;
        await using var second = DemoHost.NewInstance(demo.Core);
        await second.GetRequiredService<DemoData>().EnsureAsync(Stop);
        Assert.Equal(before, (await InAcmeAsync<LoginAttempt>()).Count);
    }

    // At a tenth of a second each, three months of sign-ins would make the first start last minutes.
    [Fact]
    public void Verifies_no_password_by_the_real_hasher() => Assert.Equal(0, demo.HashesVerified);

    [Fact]
    public async Task Leaves_a_tenant_of_that_name_alone_that_somebody_else_made()
    {
        await using var core = new SqliteCore();
        await core.InitializeAsync();
        await using (var db = core.Db.OpenForOperator())
        {
            db.Add(new Tenant { Id = Ids.New(core.Time), Name = "Globex", NameKey = "globex", CreatedAt = Now });
            await db.SaveChangesAsync(Stop);
        }

        await using var console = DemoHost.NewInstance(core);
        await console.GetRequiredService<DemoData>().EnsureAsync(Stop);
        await using var after = core.Db.OpenForOperator();
        Assert.Null((await after.Set<Tenant>().SingleAsync(Stop)).ClosedAt);
    }

    [Theory]
    [InlineData(true, null)]
    [InlineData(true, "")]
    [InlineData(false, null)]
    public async Task Makes_nothing_without_being_asked_or_without_a_password(bool enabled, string? password)
    {
        await using var core = new SqliteCore();
        await core.InitializeAsync();
        await using var console = DemoHost.NewInstance(core, password, enabled);
        if (enabled)
            await Assert.ThrowsAsync<ConfigurationRefusedException>(() => console.GetRequiredService<DemoData>().EnsureAsync(Stop));
        else
            await console.GetRequiredService<DemoData>().EnsureAsync(Stop);
        await using var db = core.Db.OpenForOperator();
        Assert.False(await db.Set<Tenant>().AnyAsync(Stop));
    }

    [Fact]
    public async Task An_interrupted_start_is_set_aside_and_made_anew()
    {
        await using var core = new SqliteCore();
        await core.InitializeAsync();
        // Fit for everybody who comes before Lucia Moretti: the demo breaks off in the middle of its first team.
        await using (var first = DemoHost.NewInstance(core, "moretti lucia 4719"))
            await Assert.ThrowsAsync<ConfigurationRefusedException>(() => first.GetRequiredService<DemoData>().EnsureAsync(Stop));
        await using (var db = core.Db.OpenForOperator())
            Assert.Equal(1, await db.Set<Tenant>().CountAsync(Stop));

        await using var second = DemoHost.NewInstance(core);
        await second.GetRequiredService<DemoData>().EnsureAsync(Stop);
        await using var after = core.Db.OpenForOperator();
        Assert.Equal(2, await after.Set<Tenant>().CountAsync(tenant => tenant.ClosedAt == null, Stop));
        var signedIn = await second.GetRequiredService<SignInWithPassword>().HandleAsync("admin@acme.example", new Secret(DemoHost.Password), TestTenants.Origin, Stop);
        Assert.True(signedIn.Succeeded);
        var acme = await after.Set<Tenant>().SingleAsync(tenant => tenant.Domain == "acme.example", Stop);
        Assert.Equal(acme.Id, signedIn.Value.Session?.TenantId);
    }

    private async Task<IReadOnlyList<TokenRow>> ListAsync()
    {
        var acme = await AcmeAsync();
        var list = await demo.Services.GetRequiredService<ListApiTokens>().HandleAsync(new TokenFilter(Limit: 200), Actor.System(acme.Id, "test"), Stop);
        return list.Value!.Items;
    }

    private async Task<Tenant> AcmeAsync()
    {
        await using var context = demo.Core.Db.OpenForOperator();
        return await context.Set<Tenant>().SingleAsync(tenant => tenant.Domain == "acme.example", Stop);
    }

    private async Task<List<T>> InAcmeAsync<T>()
        where T : class
    {
        await using var context = demo.Core.Db.Open((await AcmeAsync()).Id);
        return await context.Set<T>().AsNoTracking().ToListAsync(Stop);
    }
}

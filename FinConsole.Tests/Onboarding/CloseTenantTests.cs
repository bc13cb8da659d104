using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using FinConsole.Core.Onboarding;
using FinConsole.Core.SignIn;
using FinConsole.Core.SignIn.Passwords;
using FinConsole.Core.SignIn.SecondFactor;
using FinConsole.Core.SignIn.Sessions;
using FinConsole.Core.UseCases;
using FinConsole.Tests.Fixtures;
using FinConsole.Tests.Team;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FinConsole.Tests.Onboarding;

public abstract class CloseTenantTests(CoreHost core)
{
    [Fact]
    public async Task Ends_sessions_sign_in_invitations_and_links_and_leaves_one_entry()
    {
        var (tenant, other) = (await core.NewTenantAsync(), await core.NewTenantAsync());
        var invitation = await core.InviteAsync(tenant, $"late@{tenant.Id:N}.example");
        var link = await AskForResetAsync(tenant.Reviewer);

        var entry = Assert.Single(await core.AuditOfAsync(tenant.Id, async () => Assert.Equal(new ClosedTenant(tenant.Name, 5), (await CloseAsync(tenant.Name.ToUpperInvariant())).Value)));

        Assert.Equal($"command line tenant.close {tenant.Name} {{\"count\":5}}", entry.Line());
        Assert.Equal(ChangeKind.Tenant, Assert.Single(await core.ChangesOfAsync(tenant.Id)).Kind);
        foreach (var member in new[] { tenant.Admin, tenant.Developer, tenant.Reviewer, tenant.Cashier })
        {
            var session = member.Actor.SessionId!.Value;
            Assert.Equal(ChangeKind.SessionEnded, Assert.Single(await core.ChangesOfAsync(session)).Kind);
            Assert.Null(await core.Get<CheckSession>().FindAsync(tenant.Id, session, Stop));
            Assert.Equal(SignInErrors.InvalidCredentials, (await core.Get<SignInWithPassword>().HandleAsync(member.Email, TestMember.Secret, TestTenants.Origin, Stop)).Error);
        }

        Assert.Equal(SignInErrors.LinkUsedUp, (await core.AcceptAsync(TeamSteps.SecretOf(invitation))).Error);
        Assert.Equal(SignInErrors.LinkUsedUp, (await core.Get<ResetPassword>().HandleAsync(link, new Secret("sandalwood hop 91 quarry"), TestTenants.Origin, Stop)).Error);
        Assert.NotNull(await core.Get<CheckSession>().FindAsync(other.Id, other.Admin.Actor.SessionId!.Value, Stop));
    }

    [Fact]
    public async Task A_closed_tenant_is_not_closed_again_and_an_unknown_one_not_at_all()
    {
        var tenant = await core.NewTenantAsync();
        await CloseAsync(tenant.Name);

        Assert.Equal(OnboardingErrors.AlreadyClosed, (await CloseAsync(tenant.Name)).Error);
        Assert.Equal(OnboardingErrors.NoSuchTenant, (await CloseAsync("Nobody & Sons")).Error);
    }

    [Fact]
    public async Task A_sign_in_whose_password_was_checked_before_the_tenant_closed_opens_no_session()
    {
        var tenant = await core.NewTenantAsync();
        var member = tenant.Developer;
        string? stamp;
        await using (var db = core.Db.Open(tenant.Id))
            stamp = await db.Set<ConsoleUser>().Where(row => row.Id == member.Id).Select(row => row.SecurityStamp).SingleAsync(Stop);
        var owner = new SessionOwner(member.Id, stamp, SecondFactors.None);
        Assert.NotNull(await OpenAsync());
        Assert.True((await CloseAsync(tenant.Name)).Succeeded);

        Assert.Null(await OpenAsync());

        async Task<SignedIn?> OpenAsync()
        {
            var actor = member.Actor with { SessionId = Ids.New(core.Time) };
            await using var transaction = await core.Get<AuditedTransactions>().BeginUnguardedAsync(actor, Stop);
            return await SessionOpening.OpenAsync(transaction, owner, Stop);
        }
    }

    [Fact]
    public async Task A_session_that_is_opened_while_the_tenant_closes_does_not_live()
    {
        var tenant = await core.NewTenantAsync();

        var signIns = Enumerable.Range(0, 16).Select(_ => Task.Run(() => core.Get<SignInWithPassword>().HandleAsync(tenant.Developer.Email, TestMember.Secret, TestTenants.Origin, Stop)));
        var all = Task.WhenAll(signIns);
        Assert.True((await CloseAsync(tenant.Name)).Succeeded);

        foreach (var session in (await all).Select(answer => answer.Value?.Session?.SessionId).OfType<Guid>())
            Assert.Null(await core.Get<CheckSession>().FindAsync(tenant.Id, session, Stop));
    }

    [Fact]
    public async Task The_list_shows_open_and_closed_tenants_with_their_active_members()
    {
        var (open, closed) = (await core.NewTenantAsync(), await core.NewTenantAsync());
        await core.ChangeAsync(open.Reviewer, row => row.DeactivatedAt = core.Time.GetUtcNow());
        await CloseAsync(closed.Name);

        var tenants = await core.Get<ListTenants>().HandleAsync(Stop);

        Assert.Equal((3, null), tenants.Where(tenant => tenant.Id == open.Id).Select(tenant => (tenant.Members, tenant.ClosedAt)).Single());
        Assert.Equal(core.Time.GetUtcNow(), tenants.Single(tenant => tenant.Id == closed.Id).ClosedAt);
    }

    private async Task<Secret> AskForResetAsync(TestMember member)
    {
        var mailbox = await core.OpenMailboxAsync();
        await core.Get<RequestPasswordReset>().HandleAsync(member.Email, TestTenants.Origin, Stop);
        return new Secret(await mailbox.WaitForLinkAsync(member.Email, new HashSet<string>(), Stop));
    }

    private Task<Result<ClosedTenant>> CloseAsync(string name) => core.Get<CloseTenant>().HandleAsync(name, Stop);

    public sealed class OnSqlite(SqliteCore core) : CloseTenantTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : CloseTenantTests(core), IClassFixture<PostgreSqlCore>;
}

using System.Security.Cryptography;
using System.Text;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn;
using FinConsole.Core.SignIn.Passwords;
using FinConsole.Core.Team;
using FinConsole.Core.Tenants;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.Team;

public abstract class AcceptInvitationTests(CoreHost core)
{
    [Fact]
    public async Task Makes_a_member_who_can_sign_in_with_the_role_and_leaves_one_entry()
    {
        var (tenant, made) = await InvitedAsync(Role.SecurityReviewer);

        var entry = Assert.Single(await core.AuditOfAsync(tenant.Id, async () => Assert.Equal(made.Email, (await core.AcceptAsync(TeamSteps.SecretOf(made))).Value)));

        Assert.Equal($"{made.Email} member.invite-accept {made.Email} {{\"name\":\"Zoë Ólafsdóttir\",\"role\":\"SecurityReviewer\"}}", entry.Line());
        var signedIn = (await core.Get<SignInWithPassword>().HandleAsync(made.Email, TestMember.Secret, TestTenants.Origin, Stop)).Value?.Session;
        Assert.Equal((tenant.Id, entry.ResourceId!.Value), (signedIn!.TenantId, signedIn.MemberId));
        Assert.Equal(ChangeKind.Member, Assert.Single(await core.ChangesOfAsync(entry.ResourceId.Value)).Kind);
        await using var db = core.Db.Open(tenant.Id);
        var member = await db.Set<ConsoleUser>().SingleAsync(row => row.Id == signedIn.MemberId, Stop);
        Assert.Equal(("Zoë Ólafsdóttir", Role.SecurityReviewer, true), (member.DisplayName, member.Role, member.EmailConfirmed));
        Assert.Empty(await core.InvitationsAsync(tenant));
    }

    [Fact]
    public async Task Shows_before_what_is_offered_and_by_whom()
    {
        var tenant = await core.NewTenantAsync();
        var made = await core.InviteAsync(tenant, $"offer@{tenant.Id:N}.example", Role.Cashier, "Lena Vogt");

        Assert.Equal(
            new FoundInvitation(made.Id, tenant.Id, tenant.Name, made.Email, "Lena Vogt", Role.Cashier, tenant.Admin.Name, made.ExpiresAt),
            await core.Get<AcceptInvitation>().FindAsync(TeamSteps.SecretOf(made), Stop));
    }

    [Fact]
    public async Task A_link_works_once_and_for_seven_days()
    {
        var (_, used) = await InvitedAsync();
        Assert.True((await core.AcceptAsync(TeamSteps.SecretOf(used))).Succeeded);
        Assert.Equal(SignInErrors.LinkUsedUp, (await core.AcceptAsync(TeamSteps.SecretOf(used))).Error);

        var (_, late) = await InvitedAsync();
        core.Time.Advance(Invitation.LinkLife - TimeSpan.FromTicks(1));
        Assert.NotNull(await core.Get<AcceptInvitation>().FindAsync(TeamSteps.SecretOf(late), Stop));
        core.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(SignInErrors.LinkUsedUp, (await core.AcceptAsync(TeamSteps.SecretOf(late))).Error);
    }

    [Fact]
    public async Task Sixty_four_uses_of_one_link_at_once_give_one_member()
    {
        var (tenant, made) = await InvitedAsync();
        var before = (await core.CountTeamAsync(tenant)).Active;

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(number => Task.Run(() => core.AcceptAsync(TeamSteps.SecretOf(made), $"Number {number}"))));

        Assert.Single(answers, answer => answer.Succeeded);
        Assert.All(answers.Where(answer => !answer.Succeeded), answer => Assert.Contains(answer.Error!.Code, (string[])["link_used_up", "busy"]));
        Assert.Equal(before + 1, (await core.CountTeamAsync(tenant)).Active);
        Assert.Single(await core.AuditAsync(tenant.Id), entry => entry.Action == AuditAction.MemberInviteAccept);
    }

    [Theory]
    [InlineData("short", "weak_password")]
    [InlineData("zoe olafsdottir zoe", "weak_password")]
    [InlineData("password password password", "weak_password")]
    public async Task A_password_must_satisfy_the_rules_and_a_refused_one_leaves_the_link_usable(string password, string code)
    {
        var (_, made) = await InvitedAsync();

        Assert.Equal(code, (await core.AcceptAsync(TeamSteps.SecretOf(made), "Zoe Olafsdottir", password)).Error?.Code);
        Assert.True((await core.AcceptAsync(TeamSteps.SecretOf(made))).Succeeded);
    }

    [Fact]
    public async Task Accepted_while_it_is_sent_again_one_of_the_two_wins_time_after_time()
    {
        var tenant = await core.NewTenantAsync();
        for (var round = 0; round < 24; round++)
        {
            var made = await core.InviteAsync(tenant, $"round{round}@{tenant.Id:N}.example");
            var admin = await core.AdminAsync(tenant);

            var accepting = Task.Run(() => core.AcceptAsync(TeamSteps.SecretOf(made)));
            var resending = Task.Run(() => core.Get<ResendInvitation>().HandleAsync(made.Id, admin, Stop));

            Assert.NotEqual((await accepting).Succeeded, (await resending).Succeeded);
        }
    }

    [Fact]
    public async Task Tries_from_one_address_are_limited_like_sign_ins()
    {
        var (_, made) = await InvitedAsync();
        await using var instance = core.NewInstance(services => services.Configure<RateLimitOptions>(options => options.SignInPerIpPerMinute = 2));
        var request = new AcceptInvitationRequest(new Secret("guess"), "Zoe", TestMember.Secret);
        Task<Result<string>> TryAsync(AcceptInvitationRequest with) => instance.GetRequiredService<AcceptInvitation>().HandleAsync(with, TestTenants.Origin, Stop);

        Assert.Equal("link_used_up", (await TryAsync(request)).Error?.Code);
        Assert.Equal("link_used_up", (await TryAsync(request)).Error?.Code);
        Assert.Equal("too_many_tries", (await TryAsync(request with { Link = TeamSteps.SecretOf(made) })).Error?.Code);
    }

    [Fact]
    public async Task An_address_that_signs_in_elsewhere_cannot_be_used_and_nothing_says_where()
    {
        var (tenant, other) = (await core.NewTenantAsync(), await core.NewTenantAsync());
        var made = await core.InviteAsync(tenant, other.Developer.Email);
        var entries = (await core.AuditAsync(tenant.Id)).Count;

        Assert.Equal(TeamErrors.AddressTaken, (await core.AcceptAsync(TeamSteps.SecretOf(made))).Error);

        Assert.DoesNotContain(other.Name, TeamErrors.AddressTaken.Message, StringComparison.Ordinal);
        Assert.Equal(entries, (await core.AuditAsync(tenant.Id)).Count);
        Assert.Single(await core.InvitationsAsync(tenant));
    }

    [Fact]
    public async Task A_closed_tenant_takes_nobody_in()
    {
        var (tenant, made) = await InvitedAsync();
        await using (var db = core.Db.OpenForOperator())
            await db.Set<Tenant>().Where(row => row.Id == tenant.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.ClosedAt, core.Time.GetUtcNow()), Stop);

        Assert.Equal(SignInErrors.LinkUsedUp, (await core.AcceptAsync(TeamSteps.SecretOf(made))).Error);
    }

    [Fact]
    public async Task The_database_keeps_no_link_that_could_be_used()
    {
        var (tenant, made) = await InvitedAsync();

        Assert.Equal(43, TeamSteps.SecretOf(made).Reveal().Length);
        Assert.Equal(SHA256.HashData(Encoding.UTF8.GetBytes(TeamSteps.SecretOf(made).Reveal())), Assert.Single(await core.InvitationRowsAsync(tenant)).Hash);
    }

    [Theory]
    [MemberData(nameof(NaughtyStrings.Names), MemberType = typeof(NaughtyStrings))]
    public async Task Takes_anything_as_link_name_and_password_and_answers(string naughty)
    {
        var text = NaughtyStrings.All[naughty];
        var (_, made) = await InvitedAsync();

        Assert.Equal(SignInErrors.LinkUsedUp, (await core.AcceptAsync(new Secret(text))).Error);
        Assert.Null(await core.Get<AcceptInvitation>().FindAsync(new Secret(text), Stop));
        var named = await core.AcceptAsync(TeamSteps.SecretOf(made), text);
        Assert.True(named.Succeeded || named.Error.Fields.ContainsKey("Name"), named.Error?.ToString());

        var (_, other) = await InvitedAsync();
        var taken = await core.AcceptAsync(TeamSteps.SecretOf(other), password: text);
        Assert.True(taken.Succeeded || taken.Error.Code == "weak_password", taken.Error?.ToString());
        Assert.Equal(taken.Succeeded, (await core.Get<SignInWithPassword>().HandleAsync(other.Email, new Secret(text), TestTenants.Origin, Stop)).Succeeded);
    }

    private async Task<(TestTenant Tenant, NewInvitation Made)> InvitedAsync(Role role = Role.Developer)
    {
        var tenant = await core.NewTenantAsync();
        return (tenant, await core.InviteAsync(tenant, $"zoe@{tenant.Id:N}.example", role));
    }

    public sealed class OnSqlite(SqliteCore core) : AcceptInvitationTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : AcceptInvitationTests(core), IClassFixture<PostgreSqlCore>;
}

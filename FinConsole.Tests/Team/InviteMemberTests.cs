using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn;
using FinConsole.Core.Team;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.Team;

public abstract class InviteMemberTests(CoreHost core)
{
    private readonly HashSet<string> _seen = [];

    [Fact]
    public async Task Mails_and_answers_the_same_link_once_and_leaves_one_entry()
    {
        var tenant = await core.NewTenantAsync();
        var mailbox = await core.OpenMailboxAsync();
        NewInvitation? made = null;

        var entry = Assert.Single(await core.AuditOfAsync(tenant.Id, async () => made = await core.InviteAsync(tenant, $" New.One@{tenant.Name[7..]}.example ", Role.SecurityReviewer)));

        var email = $"new.one@{tenant.Name[7..]}.example";
        Assert.Equal($"{tenant.Admin.Email} member.invite {email} {{\"role\":\"SecurityReviewer\",\"expiresAt\":\"{made!.ExpiresAt.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}\"}}", entry.Line());
        Assert.Equal($"https://console.example/account/accept-invitation?token={await mailbox.WaitForLinkAsync(email, _seen, Stop)}", made.Link.Reveal());
        Assert.Equal(core.Time.GetUtcNow() + TimeSpan.FromDays(7), made.ExpiresAt);
        Assert.Equal(ChangeKind.Member, Assert.Single(await core.ChangesOfAsync(made.Id)).Kind);
        Assert.Equal(
            new InvitationView(made.Id, email, null, Role.SecurityReviewer, tenant.Admin.Name, core.Time.GetUtcNow(), made.ExpiresAt, Expired: false),
            Assert.Single(await core.InvitationsAsync(tenant)));
    }

    [Fact]
    public async Task The_letter_says_who_invites_where_to_as_what_and_how_long_it_works()
    {
        var tenant = await core.NewTenantAsync();
        var mailbox = await core.OpenMailboxAsync();

        var made = await core.InviteAsync(tenant, $"letter@{tenant.Id:N}.example", Role.Cashier, "Lena Vogt");

        await mailbox.WaitForAsync(made.Email, $"{tenant.Admin.Name} invites you to join {tenant.Name} on FinConsole as Cashier", Stop);
        await mailbox.WaitForAsync(made.Email, "Hello Lena Vogt", Stop);
        await mailbox.WaitForAsync(made.Email, made.ExpiresAt.UtcDateTime.ToString("d MMMM yyyy", System.Globalization.CultureInfo.InvariantCulture), Stop);
    }

    [Fact]
    public async Task A_member_is_not_invited_again_and_a_deactivated_one_is_to_be_reactivated()
    {
        var tenant = await core.NewTenantAsync();
        await core.ChangeAsync(tenant.Reviewer, row => row.DeactivatedAt = core.Time.GetUtcNow());

        Assert.Equal(TeamErrors.AlreadyMember.Code, (await core.TryInviteAsync(tenant, tenant.Developer.Email.ToUpperInvariant())).Error?.Code);
        var refusal = (await core.TryInviteAsync(tenant, tenant.Reviewer.Email)).Error;
        Assert.Equal((TeamErrors.AlreadyMemberDeactivated.Code, "Email"), (refusal?.Code, refusal?.Fields.Keys.Single()));

        Assert.Empty(await core.InvitationRowsAsync(tenant));
        Assert.Empty(await core.AuditAsync(tenant.Id));
    }

    [Fact]
    public async Task An_address_has_one_pending_invitation_in_a_tenant_and_may_have_one_in_another()
    {
        var (tenant, other) = (await core.NewTenantAsync(), await core.NewTenantAsync());
        var email = $"both@{tenant.Id:N}.example";
        await core.InviteAsync(tenant, email);

        Assert.Equal(TeamErrors.AlreadyInvited.Code, (await core.TryInviteAsync(tenant, email.ToUpperInvariant())).Error?.Code);
        await core.InviteAsync(other, email);

        Assert.Single(await core.InvitationsAsync(tenant));
    }

    [Fact]
    public async Task Sixty_four_invitations_of_one_address_at_once_give_one()
    {
        var tenant = await core.NewTenantAsync();
        var admin = await core.AdminAsync(tenant);
        var request = new InviteMemberRequest($"race@{tenant.Id:N}.example", null, Role.Developer);

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => core.Get<InviteMember>().HandleAsync(request, admin, Stop))));

        Assert.Single(answers, answer => answer.Succeeded);
        Assert.All(answers.Where(answer => !answer.Succeeded), answer => Assert.Equal(TeamErrors.AlreadyInvited.Code, answer.Error!.Code));
        Assert.Single(await core.InvitationsAsync(tenant));
        Assert.Single(await core.AuditAsync(tenant.Id));
    }

    [Fact]
    public async Task An_expired_invitation_makes_place_for_a_new_one()
    {
        var tenant = await core.NewTenantAsync();
        var email = $"late@{tenant.Id:N}.example";
        await core.InviteAsync(tenant, email);
        core.Time.Advance(Invitation.LinkLife);
        Assert.True(Assert.Single(await core.InvitationsAsync(tenant)).Expired);

        var again = await core.InviteAsync(tenant, email);

        Assert.Equal((again.Id, false), (await core.InvitationsAsync(tenant)).Select(row => (row.Id, row.Expired)).Single());
        Assert.Equal([InvitationEnd.Replaced, null], (await core.InvitationRowsAsync(tenant)).Select(row => row.EndReason));
    }

    [Fact]
    public async Task An_address_that_signs_in_elsewhere_is_invited_as_any_other()
    {
        var (tenant, other) = (await core.NewTenantAsync(), await core.NewTenantAsync());

        var made = await core.InviteAsync(tenant, other.Developer.Email);

        Assert.Equal(made.Id, Assert.Single(await core.InvitationsAsync(tenant)).Id);
    }

    [Theory]
    [InlineData("", null, Role.Developer, "Email")]
    [InlineData("no-address", null, Role.Developer, "Email")]
    [InlineData("ann@acme.example", "a\u202eb", Role.Developer, "Name")]
    [InlineData("ann@acme.example", "Ann", (Role)9, "Role")]
    public async Task Says_field_by_field_what_is_wrong(string email, string? name, Role role, string field)
    {
        var tenant = await core.NewTenantAsync();

        Assert.Equal([field], (await core.TryInviteAsync(tenant, email, role, name)).Error?.Fields.Keys);
        Assert.Empty(await core.AuditAsync(tenant.Id));
    }

    [Theory]
    [MemberData(nameof(NaughtyStrings.Names), MemberType = typeof(NaughtyStrings))]
    public async Task Takes_anything_as_address_and_name_and_answers(string naughty)
    {
        var tenant = await core.NewTenantAsync();
        var text = NaughtyStrings.All[naughty];

        Assert.Equal(ErrorKind.Invalid, (await core.TryInviteAsync(tenant, text)).Error?.Kind);
        var named = await core.TryInviteAsync(tenant, $"named@{tenant.Id:N}.example", name: text);
        Assert.True(named.Succeeded || named.Error.Fields.ContainsKey("Name"));
        if (named.Succeeded)
            Assert.True((await core.AcceptAsync(TeamSteps.SecretOf(named.Value))).Succeeded);
    }

    [Fact]
    public async Task Sent_again_has_a_new_link_for_seven_days_and_the_old_one_is_dead()
    {
        var tenant = await core.NewTenantAsync();
        var first = await core.InviteAsync(tenant, $"again@{tenant.Id:N}.example");
        core.Time.Advance(TimeSpan.FromDays(8));
        Result<NewInvitation> second = default;
        var entry = Assert.Single(await core.AuditOfAsync(tenant.Id, async () => second = await core.Get<ResendInvitation>().HandleAsync(first.Id, await core.AdminAsync(tenant), Stop)));

        Assert.Equal((first.Id, first.Email, core.Time.GetUtcNow() + Invitation.LinkLife), (second.Value!.Id, second.Value.Email, second.Value.ExpiresAt));
        Assert.StartsWith($"{tenant.Admin.Email} member.invite-resend {first.Email} {{\"expiresAt\":", entry.Line(), StringComparison.Ordinal);
        Assert.Null(await core.Get<AcceptInvitation>().FindAsync(TeamSteps.SecretOf(first), Stop));
        Assert.Equal(SignInErrors.LinkUsedUp, (await core.AcceptAsync(TeamSteps.SecretOf(first))).Error);
        Assert.Equal(second.Value.Link.Reveal()[^43..], await (await core.OpenMailboxAsync()).WaitForLinkAsync(first.Email, new HashSet<string> { first.Link.Reveal()[^43..] }, Stop));
        Assert.True((await core.AcceptAsync(TeamSteps.SecretOf(second.Value))).Succeeded);
    }

    [Fact]
    public async Task Revoked_is_gone_and_its_link_dead()
    {
        var tenant = await core.NewTenantAsync();
        var made = await core.InviteAsync(tenant, $"revoked@{tenant.Id:N}.example");
        var entry = Assert.Single(await core.AuditOfAsync(tenant.Id, async () =>
            Assert.True((await core.Get<RevokeInvitation>().HandleAsync(made.Id, await core.AdminAsync(tenant), Stop)).Succeeded)));

        Assert.Equal($"{tenant.Admin.Email} member.invite-revoke {made.Email} {{}}", entry.Line());
        Assert.Equal(SignInErrors.LinkUsedUp, (await core.AcceptAsync(TeamSteps.SecretOf(made))).Error);
        Assert.Empty(await core.InvitationsAsync(tenant));
        Assert.Equal(TeamErrors.NoSuchInvitation, (await core.Get<RevokeInvitation>().HandleAsync(made.Id, await core.AdminAsync(tenant), Stop)).Error);
        Assert.Equal(TeamErrors.NoSuchInvitation, (await core.Get<ResendInvitation>().HandleAsync(made.Id, await core.AdminAsync(tenant), Stop)).Error);
        await core.InviteAsync(tenant, made.Email);
    }

    [Fact]
    public async Task The_newest_comes_first_and_only_links_that_live_are_counted_as_pending()
    {
        var tenant = await core.NewTenantAsync();
        var old = await core.InviteAsync(tenant, $"old@{tenant.Id:N}.example");
        core.Time.Advance(Invitation.LinkLife - TimeSpan.FromTicks(1));
        var young = await core.InviteAsync(tenant, $"young@{tenant.Id:N}.example");
        Assert.Equal((2, 0), await CountAsync(tenant));
        core.Time.Advance(TimeSpan.FromTicks(1));

        Assert.Equal([(young.Id, false), (old.Id, true)], (await core.InvitationsAsync(tenant)).Select(row => (row.Id, row.Expired)));
        // Those that the list shows are all counted, each as what it is.
        Assert.Equal((1, 1), await CountAsync(tenant));
    }

    private async Task<(int Pending, int Expired)> CountAsync(TestTenant tenant) => await core.CountTeamAsync(tenant) is var counts ? (counts.Pending, counts.Expired) : default;

    public sealed class OnSqlite(SqliteCore core) : InviteMemberTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : InviteMemberTests(core), IClassFixture<PostgreSqlCore>;
}

using FinConsole.Core.Access;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Profile;
using FinConsole.Core.SignIn;
using FinConsole.Core.SignIn.FollowUps;
using FinConsole.Core.SignIn.Passwords;
using FinConsole.Tests.Fixtures;
using FinConsole.Tests.LoginHistory;
using Xunit;

namespace FinConsole.Tests.Profile;

public abstract class EmailChangeTests(CoreHost core)
{
    private static int _number;

    private readonly HashSet<string> _seen = [];

    [Fact]
    public async Task Puts_the_confirmed_address_in_force_and_tells_the_old_one()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var email = NewAddress();

        var entries = await core.AuditOfAsync(member.TenantId, async () =>
        {
            var link = await AskAsync(member, email.ToUpperInvariant());
            Assert.True((await SignInAsync(member.Email)).Succeeded);
            Assert.False((await SignInAsync(email)).Succeeded);
            Assert.Equal(email, await core.Get<ConfirmEmailChange>().FindNewEmailAsync(link, Stop));
            Assert.True((await ConfirmAsync(link)).Succeeded);
        });

        Assert.Equal([AuditAction.EmailChangeRequest, AuditAction.SessionStart, AuditAction.EmailChange], entries.Select(entry => entry.Action));
        Assert.True((await SignInAsync(email)).Succeeded);
        Assert.False((await SignInAsync(member.Email)).Succeeded);
        Assert.Contains(await core.ChangesOfAsync(member.Id), change => change.Kind == ChangeKind.Member);
        await (await core.OpenMailboxAsync()).WaitForAsync(member.Email, email, Stop);
    }

    [Fact]
    public async Task Refuses_an_address_that_somebody_has_by_the_time_of_the_link()
    {
        var tenant = await core.NewTenantAsync();
        var link = await AskAsync(tenant.Developer, tenant.Admin.Email);

        Assert.Equal(ProfileErrors.EmailTaken, (await ConfirmAsync(link)).Error);
        Assert.True((await SignInAsync(tenant.Developer.Email)).Succeeded);
    }

    [Fact]
    public async Task Sixty_four_uses_of_one_link_at_once_give_one_success()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var link = await AskAsync(member, NewAddress());

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => ConfirmAsync(link))));

        Assert.Single(answers, answer => answer.Succeeded);
        Assert.All(answers.Where(answer => !answer.Succeeded), answer => Assert.Equal(SignInErrors.LinkUsedUp, answer.Error));
        Assert.Single(await core.AuditAsync(member.TenantId), entry => entry.Action == AuditAction.EmailChange);
    }

    [Fact]
    public async Task A_link_ends_after_an_hour_and_when_a_newer_one_is_asked_for()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var older = await AskAsync(member, NewAddress());
        var newer = await AskAsync(member, NewAddress());
        Assert.Equal(SignInErrors.LinkUsedUp, (await ConfirmAsync(older)).Error);

        core.Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(SignInErrors.LinkUsedUp, (await ConfirmAsync(newer)).Error);
    }

    [Fact]
    public async Task A_link_for_the_one_thing_is_none_for_the_other()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var link = await AskAsync(member, NewAddress());

        Assert.Equal(SignInErrors.LinkUsedUp, (await core.Get<ResetPassword>().HandleAsync(link, new Secret("sandalwood hop 91 quarry"), TestTenants.Origin, Stop)).Error);
        Assert.True((await ConfirmAsync(link)).Succeeded);
    }

    [Fact]
    public async Task A_link_dies_with_the_password_that_asked_for_it()
    {
        var tenant = await core.NewTenantAsync();
        var (link, other) = (await AskAsync(tenant.Developer, NewAddress()), await AskAsync(tenant.Admin, NewAddress()));
        var reset = await AskForResetAsync(tenant.Developer);
        var chosen = new Secret("sandalwood hop 91 quarry");
        var changed = await core.Get<ChangePassword>().HandleAsync(TestMember.Secret, chosen, tenant.Developer.Actor, Stop);
        Assert.True(changed.Succeeded, changed.Error?.Message);

        Assert.Null(await core.Get<ConfirmEmailChange>().FindNewEmailAsync(link, Stop));
        Assert.Equal(SignInErrors.LinkUsedUp, (await ConfirmAsync(link)).Error);
        Assert.False(await core.Get<ResetPassword>().IsUsableAsync(reset, Stop));
        Assert.True((await core.Get<SignInWithPassword>().HandleAsync(tenant.Developer.Email, chosen, TestTenants.Origin, Stop)).Succeeded);
        Assert.True((await ConfirmAsync(other)).Succeeded);
    }

    [Fact]
    public async Task A_link_dies_when_the_password_is_reset_or_is_to_be_reset()
    {
        var tenant = await core.NewTenantAsync();
        var (reset, demanded) = (await AskAsync(tenant.Developer, NewAddress()), await AskAsync(tenant.Admin, NewAddress()));

        var link = await AskForResetAsync(tenant.Developer);
        Assert.True((await core.Get<ResetPassword>().HandleAsync(link, new Secret("sandalwood hop 91 quarry"), TestTenants.Origin, Stop)).Succeeded);
        var attempt = await core.SignInAsync(tenant.Admin);
        Assert.True((await core.Get<DemandPasswordReset>().HandleAsync(attempt.Id, tenant.Reviewer.Actor, Stop)).Succeeded);

        Assert.Equal(SignInErrors.LinkUsedUp, (await ConfirmAsync(reset)).Error);
        Assert.Equal(SignInErrors.LinkUsedUp, (await ConfirmAsync(demanded)).Error);
    }

    [Fact]
    public async Task Nothing_is_mailed_where_the_password_changes_while_it_is_checked()
    {
        var member = (await core.NewTenantAsync()).Developer;
        core.Hasher.Verifying = () => core.ChangeAsync(member, row => row.SecurityStamp = "of a new password").Wait(Stop);
        try
        {
            var answer = await core.Get<RequestEmailChange>().HandleAsync(NewAddress(), TestMember.Secret, member.Actor, Stop);
            Assert.Equal(AccessErrors.SessionEnded, answer.Error);
        }
        finally
        {
            core.Hasher.Verifying = null;
        }

        Assert.Empty(await core.AuditAsync(member.TenantId));
    }

    [Fact]
    public async Task A_link_to_reset_the_password_that_went_to_the_former_address_dies_with_it()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var former = await AskForResetAsync(member);

        Assert.True((await ConfirmAsync(await AskAsync(member, NewAddress()))).Succeeded);

        Assert.False(await core.Get<ResetPassword>().IsUsableAsync(former, Stop));
        Assert.Equal(SignInErrors.LinkUsedUp, (await core.Get<ResetPassword>().HandleAsync(former, new Secret("sandalwood hop 91 quarry"), TestTenants.Origin, Stop)).Error);
    }

    [Fact]
    public async Task Asks_for_the_current_password()
    {
        var member = (await core.NewTenantAsync()).Developer;

        var answer = await core.Get<RequestEmailChange>().HandleAsync(NewAddress(), new Secret("not-the-password"), member.Actor, Stop);

        Assert.Equal(["CurrentPassword"], answer.Error?.Fields.Keys);
        Assert.Empty(await core.AuditAsync(member.TenantId));
    }

    [Fact]
    public async Task Refuses_the_address_in_force()
    {
        var member = (await core.NewTenantAsync()).Developer;

        var answer = await core.Get<RequestEmailChange>().HandleAsync($" {member.Email.ToUpperInvariant()} ", TestMember.Secret, member.Actor, Stop);

        Assert.Equal(ProfileErrors.SameEmail.Code, answer.Error?.Code);
    }

    [Theory]
    [MemberData(nameof(NaughtyStrings.Names), MemberType = typeof(NaughtyStrings))]
    public async Task Refuses_anything_that_is_no_address_or_deceives(string name)
    {
        var member = (await core.NewTenantAsync()).Developer;
        var text = NaughtyStrings.All[name];

        var answer = await core.Get<RequestEmailChange>().HandleAsync(text, TestMember.Secret, member.Actor, Stop);

        Assert.Equal(["Email"], answer.Error?.Fields.Keys);
        Assert.Equal(SignInErrors.LinkUsedUp, (await ConfirmAsync(new Secret(text))).Error);
        Assert.Empty(await core.AuditAsync(member.TenantId));
    }

    private static string NewAddress() => $"new{Interlocked.Increment(ref _number)}-{Guid.NewGuid():N}@elsewhere.example";

    private async Task<Secret> AskAsync(TestMember member, string email)
    {
        var mailbox = await core.OpenMailboxAsync();
        var answer = await core.Get<RequestEmailChange>().HandleAsync(email, TestMember.Secret, member.Actor, Stop);
        Assert.True(answer.Succeeded, answer.Error?.Message);
        return new Secret(await mailbox.WaitForLinkAsync(email.ToLowerInvariant(), _seen, Stop));
    }

    private async Task<Secret> AskForResetAsync(TestMember member)
    {
        var mailbox = await core.OpenMailboxAsync();
        await core.Get<RequestPasswordReset>().HandleAsync(member.Email, TestTenants.Origin, Stop);
        return new Secret(await mailbox.WaitForLinkAsync(member.Email, _seen, Stop));
    }

    private Task<Result> ConfirmAsync(Secret link) => core.Get<ConfirmEmailChange>().HandleAsync(link, TestTenants.Origin, Stop);

    private Task<Result<SignInProgress>> SignInAsync(string email) => core.Get<SignInWithPassword>().HandleAsync(email, TestMember.Secret, TestTenants.Origin, Stop);

    public sealed class OnSqlite(SqliteCore core) : EmailChangeTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : EmailChangeTests(core), IClassFixture<PostgreSqlCore>;
}

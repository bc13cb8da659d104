using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.SignIn;
using FinConsole.Core.SignIn.Links;
using FinConsole.Core.SignIn.Passwords;
using FinConsole.Core.SignIn.Sessions;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FinConsole.Tests.SignIn;

public abstract class ResetPasswordTests(CoreHost core)
{
    private static readonly Secret New = new("sandalwood hop 91 quarry");

    private readonly HashSet<string> _seen = [];

    [Fact]
    public async Task Sets_the_password_with_the_mailed_link_ends_every_session_and_lifts_the_lock()
    {
        var member = (await core.NewTenantAsync()).Developer;
        await core.ChangeAsync(member, row => (row.AccessFailedCount, row.LockoutEnd) = (100, DateTimeOffset.MaxValue));

        var entries = await core.AuditOfAsync(member.TenantId, async () =>
        {
            var link = await AskAsync(member);
            Assert.True(await core.Get<ResetPassword>().IsUsableAsync(link, Stop));
            Assert.True((await ResetAsync(link)).Succeeded);
        });

        Assert.Equal([AuditAction.PasswordResetRequest, AuditAction.PasswordReset], entries.Select(entry => entry.Action));
        Assert.Null(await core.Get<CheckSession>().FindAsync(member.TenantId, member.Actor.SessionId!.Value, Stop));
        Assert.Equal(ChangeKind.SessionEnded, Assert.Single(await core.ChangesOfAsync(member.Actor.SessionId!.Value)).Kind);
        Assert.True((await SignInAsync(member, New)).Succeeded);
        Assert.False((await SignInAsync(member, TestMember.Secret)).Succeeded);
        await (await core.OpenMailboxAsync()).WaitForAsync(member.Email, "was changed", Stop);
    }

    [Fact]
    public async Task A_link_is_for_its_own_account_and_only_while_it_works()
    {
        var tenant = await core.NewTenantAsync();
        var (member, other) = (tenant.Developer, tenant.Reviewer);
        var link = await AskAsync(member);
        var reset = core.Get<ResetPassword>();

        Assert.True(await reset.IsForAsync(link, member.Email.ToUpperInvariant(), Stop));
        Assert.False(await reset.IsForAsync(link, other.Email, Stop));
        Assert.False(await reset.IsForAsync(link, "", Stop));
        Assert.True((await ResetAsync(link)).Succeeded);
        Assert.False(await reset.IsForAsync(link, member.Email, Stop));
    }

    [Fact]
    public async Task A_link_works_once()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var link = await AskAsync(member);
        Assert.True((await ResetAsync(link)).Succeeded);

        Assert.False(await core.Get<ResetPassword>().IsUsableAsync(link, Stop));
        Assert.Equal(SignInErrors.LinkUsedUp, (await ResetAsync(link)).Error);
    }

    [Fact]
    public async Task Sixty_four_uses_of_one_link_at_once_give_one_success()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var link = await AskAsync(member);

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => ResetAsync(link))));

        Assert.Single(answers, answer => answer.Succeeded);
        Assert.All(answers.Where(answer => !answer.Succeeded), answer => Assert.Contains(answer.Error!.Code, (string[])["link_used_up", "busy"]));
        Assert.Single(await core.AuditAsync(member.TenantId), entry => entry.Action == AuditAction.PasswordReset);
    }

    [Fact]
    public async Task A_link_ends_after_an_hour()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var link = await AskAsync(member);

        core.Time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(1));
        Assert.True(await core.Get<ResetPassword>().IsUsableAsync(link, Stop));
        core.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(SignInErrors.LinkUsedUp, (await ResetAsync(link)).Error);
    }

    [Fact]
    public async Task A_newer_link_replaces_the_older()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var older = await AskAsync(member);
        core.Time.Advance(TimeSpan.FromMinutes(3));
        var newer = await AskAsync(member);

        Assert.Equal(SignInErrors.LinkUsedUp, (await ResetAsync(older)).Error);
        Assert.True((await ResetAsync(newer)).Succeeded);
    }

    [Fact]
    public async Task Asking_again_at_once_sends_no_second_letter_and_leaves_no_second_entry()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var link = await AskAsync(member);

        Assert.Empty(await core.AuditOfAsync(member.TenantId, () => core.Get<RequestPasswordReset>().HandleAsync(member.Email, TestTenants.Origin, Stop)));
        Assert.True(await core.Get<ResetPassword>().IsUsableAsync(link, Stop));
    }

    [Fact]
    public async Task A_weak_password_is_refused_and_leaves_the_link_usable()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var link = await AskAsync(member);

        Assert.Equal("weak_password", (await core.Get<ResetPassword>().HandleAsync(link, new Secret("short"), TestTenants.Origin, Stop)).Error?.Code);
        Assert.True((await ResetAsync(link)).Succeeded);
    }

    [Fact]
    public async Task Nobody_unknown_or_deactivated_is_written_to()
    {
        var member = (await core.NewTenantAsync()).Developer;
        await core.ChangeAsync(member, row => row.DeactivatedAt = core.Time.GetUtcNow());

        await core.Get<RequestPasswordReset>().HandleAsync(member.Email, TestTenants.Origin, Stop);
        await core.Get<RequestPasswordReset>().HandleAsync("nobody@nowhere.example", TestTenants.Origin, Stop);

        Assert.Equal(0, await LinksOfAsync(member));
        Assert.Empty(await core.AuditAsync(member.TenantId));
    }

    [Fact]
    public async Task The_database_keeps_no_link_that_could_be_used()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var link = await AskAsync(member);

        await using var db = core.Db.Open(member.TenantId);
        var row = await db.Set<OneTimeLink>().SingleAsync(each => each.MemberId == member.Id, Stop);
        Assert.Equal(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(link.Reveal())), row.Hash);
    }

    [Theory]
    [MemberData(nameof(NaughtyStrings.Names), MemberType = typeof(NaughtyStrings))]
    public async Task Takes_anything_as_address_link_and_password_and_lets_in_with_what_it_took(string name)
    {
        var text = NaughtyStrings.All[name];
        var member = (await core.NewTenantAsync()).Developer;
        var link = await AskAsync(member);

        await core.Get<RequestPasswordReset>().HandleAsync(text, TestTenants.Origin, Stop);
        Assert.Equal(SignInErrors.LinkUsedUp, (await ResetAsync(new Secret(text))).Error);
        var reset = await core.Get<ResetPassword>().HandleAsync(link, new Secret(text), TestTenants.Origin, Stop);

        Assert.True(reset.Succeeded || reset.Error.Code == "weak_password");
        Assert.Equal(reset.Succeeded, (await SignInAsync(member, new Secret(text))).Succeeded);
    }

    private async Task<Secret> AskAsync(TestMember member)
    {
        var mailbox = await core.OpenMailboxAsync();
        await core.Get<RequestPasswordReset>().HandleAsync(member.Email, TestTenants.Origin, Stop);
        return new Secret(await mailbox.WaitForLinkAsync(member.Email, _seen, Stop));
    }

    private Task<Result> ResetAsync(Secret link) => core.Get<ResetPassword>().HandleAsync(link, New, TestTenants.Origin, Stop);

    private Task<Result<SignInProgress>> SignInAsync(TestMember member, Secret password) =>
        core.Get<SignInWithPassword>().HandleAsync(member.Email, password, TestTenants.Origin, Stop);

    private async Task<int> LinksOfAsync(TestMember member)
    {
        await using var db = core.Db.Open(member.TenantId);
        return await db.Set<OneTimeLink>().CountAsync(link => link.MemberId == member.Id, Stop);
    }

    public sealed class OnSqlite(SqliteCore core) : ResetPasswordTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : ResetPasswordTests(core), IClassFixture<PostgreSqlCore>;
}

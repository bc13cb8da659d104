using FinConsole.Core.Access;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn;
using FinConsole.Core.SignIn.Passwords;
using FinConsole.Core.SignIn.Sessions;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.SignIn;

public abstract class ChangePasswordTests(CoreHost core)
{
    private static readonly Secret New = new("sandalwood hop 91 quarry");

    [Fact]
    public async Task Puts_the_new_password_in_force_ends_other_sessions_and_writes_to_the_member()
    {
        var member = (await core.NewTenantAsync()).Developer;
        var mailbox = await core.OpenMailboxAsync();
        var other = await core.NewSessionAsync(member);
        var stamp = (await core.ReadAsync(member)).SecurityStamp;

        var entry = Assert.Single(await core.AuditOfAsync(member.TenantId, async () => Assert.True((await ChangeAsync(member, TestMember.Secret, New)).Succeeded)));

        Assert.Equal((AuditAction.PasswordChange, "{}"), (entry.Action, entry.Metadata));
        Assert.False((await SignInAsync(member, TestMember.Secret)).Succeeded);
        Assert.True((await SignInAsync(member, New)).Succeeded);
        Assert.NotNull(await FindAsync(member.Actor));
        Assert.Null(await FindAsync(other));
        Assert.Equal(ChangeKind.SessionEnded, Assert.Single(await core.ChangesOfAsync(other.SessionId!.Value)).Kind);
        var row = await core.ReadAsync(member);
        Assert.Equal(core.Time.GetUtcNow(), row.PasswordChangedAt);
        Assert.NotEqual(stamp, row.SecurityStamp);
        await mailbox.WaitForAsync(member.Email, "was changed", Stop);
    }

    [Fact]
    public async Task Refuses_a_wrong_current_password_and_counts_it_towards_the_lockout()
    {
        var member = (await core.NewTenantAsync()).Developer;

        for (var tries = 0; tries < 5; tries++)
        {
            var answer = await ChangeAsync(member, new Secret("not-the-password"), New);
            Assert.Equal(SignInErrors.WrongCurrentPassword.Code, answer.Error?.Code);
            Assert.Equal(["CurrentPassword"], answer.Error?.Fields.Keys);
        }

        Assert.False((await ChangeAsync(member, TestMember.Secret, New)).Succeeded);
        Assert.False((await SignInAsync(member, TestMember.Secret)).Succeeded);
        Assert.Empty(await core.AuditAsync(member.TenantId));
    }

    [Theory]
    [InlineData("short", "weak_password")]
    [InlineData(TestMember.Password, "same_password")]
    public async Task Refuses_a_new_password_that_is(string password, string code)
    {
        var member = (await core.NewTenantAsync()).Developer;

        var answer = await ChangeAsync(member, TestMember.Secret, new Secret(password));

        Assert.Equal((code, ErrorKind.Invalid), (answer.Error?.Code, answer.Error?.Kind));
        Assert.Equal(["NewPassword"], answer.Error?.Fields.Keys);
        Assert.Empty(await core.AuditAsync(member.TenantId));
    }

    [Fact]
    public async Task Refuses_a_session_that_has_ended()
    {
        var member = (await core.NewTenantAsync()).Developer;
        await core.Get<SignOut>().HandleAsync(member.Actor, Stop);

        Assert.Equal(AccessErrors.SessionEnded, (await ChangeAsync(member, TestMember.Secret, New)).Error);
        Assert.True((await SignInAsync(member, TestMember.Secret)).Succeeded);
    }

    [Theory]
    [MemberData(nameof(NaughtyStrings.Names), MemberType = typeof(NaughtyStrings))]
    public async Task Takes_anything_as_either_password_and_lets_in_with_what_it_took(string name)
    {
        var member = (await core.NewTenantAsync()).Developer;
        var text = new Secret(NaughtyStrings.All[name]);

        Assert.False((await ChangeAsync(member, text, New)).Succeeded);
        var changed = await ChangeAsync(member, TestMember.Secret, text);

        Assert.True(changed.Succeeded || changed.Error.Code == "weak_password");
        Assert.Equal(changed.Succeeded, (await SignInAsync(member, text)).Succeeded);
    }

    private Task<Result> ChangeAsync(TestMember member, Secret current, Secret password) => core.Get<ChangePassword>().HandleAsync(current, password, member.Actor, Stop);

    private Task<Result<SignInProgress>> SignInAsync(TestMember member, Secret password) =>
        core.Get<SignInWithPassword>().HandleAsync(member.Email, password, TestTenants.Origin, Stop);

    private Task<LiveSession?> FindAsync(Actor actor) => core.Get<CheckSession>().FindAsync(actor.TenantId, actor.SessionId!.Value, Stop);

    public sealed class OnSqlite(SqliteCore core) : ChangePasswordTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : ChangePasswordTests(core), IClassFixture<PostgreSqlCore>;
}

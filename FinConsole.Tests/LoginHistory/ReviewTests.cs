using FinConsole.Core.Access;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.LoginHistory.Listing;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn;
using FinConsole.Core.SignIn.FollowUps;
using FinConsole.Core.SignIn.Passwords;
using FinConsole.Core.SignIn.SecondFactor;
using FinConsole.Core.SignIn.Sessions;
using FinConsole.Tests.Fixtures;
using FinConsole.Tests.Mfa;
using Xunit;

namespace FinConsole.Tests.LoginHistory;

/// <summary>What a reviewer says of an attempt, and does about it.</summary>
public abstract class ReviewTests(CoreHost core)
{
    [Fact]
    public async Task A_mark_is_kept_with_who_and_when_logged_and_announced_and_can_be_taken_back()
    {
        var tenant = await core.NewTenantAsync();
        var row = await core.SignInAsync(tenant.Developer);

        var entry = Assert.Single(await core.AuditOfAsync(tenant.Id, () => MarkAsync(tenant, row.Id, LoginMark.ThisWasMe)));

        Assert.Equal((AuditAction.LoginMark, $"attempt {row.Id} on {tenant.Developer.Email}", """{"changes":{"mark":{"before":null,"after":"ThisWasMe"}}}"""), (entry.Action, entry.ResourceName, entry.Metadata));
        Assert.Contains(await core.ChangesOfAsync(tenant.Id), change => change.Kind == ChangeKind.LoginAttempt);
        var marked = (await ViewAsync(tenant, row.Id)).Row;
        Assert.Equal((LoginMark.ThisWasMe, tenant.Reviewer.Email, core.Time.GetUtcNow()), (marked.Mark, marked.MarkedBy, marked.MarkedAt));
        Assert.Equal((row.Score, row.Level), (marked.Score, marked.Level));

        await MarkAsync(tenant, row.Id, null);
        var back = (await ViewAsync(tenant, row.Id)).Row;
        Assert.Equal((null, null, null), (back.Mark, back.MarkedBy, back.MarkedAt));
    }

    [Fact]
    public async Task Twenty_reviewers_with_the_same_word_leave_one_entry()
    {
        var tenant = await core.NewTenantAsync();
        var row = await core.SignInAsync(tenant.Developer);

        var entries = await core.AuditOfAsync(tenant.Id, async () =>
        {
            var answers = await MfaSteps.AtOnceAsync(20, () => core.Get<MarkLoginAttempt>().HandleAsync(row.Id, LoginMark.NotMe, tenant.Reviewer.Actor, Stop));
            Assert.All(answers, answer => Assert.True(answer.Succeeded));
        });

        Assert.Single(entries);
    }

    [Fact]
    public async Task Notes_are_kept_in_order_and_told_apart_from_nothing_and_too_much()
    {
        var tenant = await core.NewTenantAsync();
        var row = await core.SignInAsync(tenant.Developer);
        async Task<Error?> NoteAsync(string text) => (await core.Get<AddLoginNote>().HandleAsync(row.Id, text, tenant.Reviewer.Actor, Stop)).Error;

        Assert.Null(await NoteAsync(" Asked by phone. "));
        Assert.Null(await NoteAsync(new string('n', LoginNote.LongestText)));
        Assert.Equal(LoginHistoryErrors.NoteNeeded, await NoteAsync(" \0 "));
        Assert.Equal(LoginHistoryErrors.NoteTooLong, await NoteAsync(new string('n', LoginNote.LongestText + 1)));

        var notes = (await ViewAsync(tenant, row.Id)).Notes;
        Assert.Equal(["Asked by phone.", new string('n', LoginNote.LongestText)], notes.Select(note => note.Text));
        Assert.All(notes, note => Assert.Equal(tenant.Reviewer.Email, note.Author));
        Assert.Equal(AuditAction.LoginNote, (await core.AuditAsync(tenant.Id))[^1].Action);
    }

    [Fact]
    public async Task Ending_sessions_from_an_attempt_ends_all_of_the_account_and_none_of_others()
    {
        var tenant = await core.NewTenantAsync();
        var row = await core.SignInAsync(tenant.Developer);

        var entry = Assert.Single(await core.AuditOfAsync(tenant.Id, async () =>
            Assert.Equal(2, (await core.Get<EndSessionsOfAttempt>().HandleAsync(row.Id, tenant.Reviewer.Actor, Stop)).Value)));

        Assert.Equal((AuditAction.SessionEndByReviewer, tenant.Developer.Id, """{"sessions":2}"""), (entry.Action, entry.ResourceId!.Value, entry.Metadata));
        Assert.False(await LivesAsync(tenant.Developer.Actor));
        Assert.True(await LivesAsync(tenant.Admin.Actor));
        Assert.True(await LivesAsync(tenant.Reviewer.Actor));
        Assert.Equal(0, (await ViewAsync(tenant, row.Id)).LiveSessions);
    }

    [Fact]
    public async Task Of_one_s_own_account_the_session_that_asks_goes_on()
    {
        var tenant = await core.NewTenantAsync();
        var row = await core.SignInAsync(tenant.Reviewer);

        Assert.Equal(1, (await core.Get<EndSessionsOfAttempt>().HandleAsync(row.Id, tenant.Reviewer.Actor, Stop)).Value);

        Assert.True(await LivesAsync(tenant.Reviewer.Actor));
    }

    [Fact]
    public async Task A_demanded_reset_shuts_the_password_out_until_a_new_one_is_chosen_by_the_letter_s_link()
    {
        var tenant = await core.NewTenantAsync();
        var mailbox = await core.OpenMailboxAsync();
        var row = await core.SignInAsync(tenant.Developer);

        var entry = Assert.Single(await core.AuditOfAsync(tenant.Id, async () =>
            Assert.True((await core.Get<DemandPasswordReset>().HandleAsync(row.Id, tenant.Reviewer.Actor, Stop)).Succeeded)));

        Assert.Equal((AuditAction.PasswordResetDemand, tenant.Developer.Id), (entry.Action, entry.ResourceId!.Value));
        Assert.True((await ViewAsync(tenant, row.Id)).ResetDemanded);
        Assert.Equal(SignInErrors.ResetRequired, (await TrySignInAsync(tenant.Developer, TestMember.Secret)).Error);
        Assert.Equal(LoginOutcome.ResetRequired, (await core.EvaluatedAsync(tenant.Id)).Outcome);
        Assert.Equal(SignInErrors.InvalidCredentials, (await TrySignInAsync(tenant.Developer, new Secret("not the password"))).Error);

        var link = new Secret(await mailbox.WaitForLinkAsync(tenant.Developer.Email, new HashSet<string>(), Stop));
        var chosen = new Secret("copper-meadow-lantern-93");
        Assert.True((await core.Get<ResetPassword>().HandleAsync(link, chosen, TestTenants.Origin, Stop)).Succeeded);
        Assert.True((await TrySignInAsync(tenant.Developer, chosen)).Succeeded);
        Assert.False((await ViewAsync(tenant, row.Id)).ResetDemanded);
    }

    [Fact]
    public async Task A_sign_in_that_waits_for_its_code_is_no_way_around_a_demanded_reset()
    {
        var tenant = await core.NewTenantAsync();
        var phone = await core.EnrolAsync(tenant.Developer);
        var challenge = await core.ChallengeAsync(tenant.Developer);
        var row = await core.EvaluatedAsync(tenant.Id);

        Assert.True((await core.Get<DemandPasswordReset>().HandleAsync(row.Id, await core.NewSessionAsync(tenant.Reviewer), Stop)).Succeeded);

        var answer = await core.Get<SignInWithSecondFactor>().HandleAsync(challenge, phone.NextCode(), SecondFactors.AuthenticatorApp, TestTenants.Origin, Stop);
        Assert.Equal(SignInErrors.ChallengeOver, answer.Error);
    }

    [Fact]
    public async Task Asking_for_a_reset_wants_a_recent_confirmation_and_nothing_of_a_deactivated_account()
    {
        var tenant = await core.NewTenantAsync();
        var row = await core.SignInAsync(tenant.Developer);
        await core.ChangeAsync(tenant.Developer, member => member.DeactivatedAt = core.Time.GetUtcNow());
        Assert.Equal(SignInErrors.AccountDeactivated, (await core.Get<DemandPasswordReset>().HandleAsync(row.Id, tenant.Reviewer.Actor, Stop)).Error);

        core.Time.Advance(MemberSession.ConfirmationLife + TimeSpan.FromTicks(1));
        Assert.Equal(AccessErrors.ConfirmationNeeded, (await core.Get<DemandPasswordReset>().HandleAsync(row.Id, tenant.Reviewer.Actor, Stop)).Error);
    }

    [Fact]
    public async Task Nobody_s_account_has_no_sessions_no_password_and_no_mark()
    {
        var tenant = await core.NewTenantAsync();
        var domain = tenant.Admin.Email[tenant.Admin.Email.IndexOf('@', StringComparison.Ordinal)..];
        var row = await core.FailAsync(tenant.Id, "nobody" + domain);

        Assert.Equal(LoginHistoryErrors.NoAccount, (await core.Get<MarkLoginAttempt>().HandleAsync(row.Id, LoginMark.NotMe, tenant.Reviewer.Actor, Stop)).Error);
        Assert.Equal(LoginHistoryErrors.NoAccount, (await core.Get<EndSessionsOfAttempt>().HandleAsync(row.Id, tenant.Reviewer.Actor, Stop)).Error);
        Assert.Equal(LoginHistoryErrors.NoAccount, (await core.Get<DemandPasswordReset>().HandleAsync(row.Id, tenant.Reviewer.Actor, Stop)).Error);
    }

    [Fact]
    public async Task Another_tenant_s_attempt_is_not_there()
    {
        var (one, other) = (await core.NewTenantAsync(), await core.NewTenantAsync());
        var row = await core.SignInAsync(other.Developer);

        foreach (var id in new[] { row.Id, long.MaxValue })
        {
            Assert.Equal(LoginHistoryErrors.NoSuchAttempt, (await core.Get<GetLoginAttempt>().HandleAsync(id, one.Admin.Actor, Stop)).Error);
            Assert.Equal(LoginHistoryErrors.NoSuchAttempt, (await core.Get<MarkLoginAttempt>().HandleAsync(id, LoginMark.NotMe, one.Admin.Actor, Stop)).Error);
            Assert.Equal(LoginHistoryErrors.NoSuchAttempt, (await core.Get<AddLoginNote>().HandleAsync(id, "note", one.Admin.Actor, Stop)).Error);
            Assert.Equal(LoginHistoryErrors.NoSuchAttempt, (await core.Get<EndSessionsOfAttempt>().HandleAsync(id, one.Admin.Actor, Stop)).Error);
            Assert.Equal(LoginHistoryErrors.NoSuchAttempt, (await core.Get<DemandPasswordReset>().HandleAsync(id, one.Admin.Actor, Stop)).Error);
        }

        Assert.True(await LivesAsync(other.Developer.Actor));
        Assert.Empty(await core.HistoryAsync(one.Id));
    }

    [Fact]
    public async Task The_drawer_holds_the_neighbours_of_account_and_address()
    {
        var tenant = await core.NewTenantAsync();
        await core.SettleAsync(tenant.Developer, 3);
        await core.SignInAsync(tenant.Admin);
        var row = await core.SignInAsync(tenant.Developer, LoginSteps.From("10.9.8.7"));

        var away = await ViewAsync(tenant, row.Id);
        Assert.Equal((3, 0), (away.OfAccount.Count, away.FromIp.Count));
        Assert.False(away.Row.HasPlace);
        var office = await ViewAsync(tenant, away.OfAccount[0].Id);
        Assert.Equal((3, 3), (office.OfAccount.Count, office.FromIp.Count));
        Assert.True(office.Row.HasPlace);
    }

    private async Task MarkAsync(TestTenant tenant, long id, LoginMark? mark) =>
        Assert.True((await core.Get<MarkLoginAttempt>().HandleAsync(id, mark, tenant.Reviewer.Actor, Stop)).Succeeded);

    private async Task<LoginAttemptView> ViewAsync(TestTenant tenant, long id) =>
        (await core.Get<GetLoginAttempt>().HandleAsync(id, Actor.System(tenant.Id, "test"), Stop)).Value!;

    private Task<Result<SignInProgress>> TrySignInAsync(TestMember member, Secret password) =>
        core.Get<SignInWithPassword>().HandleAsync(member.Email, password, TestTenants.Origin, Stop);

    private Task<bool> LivesAsync(Actor actor) => core.Get<CheckSession>().IsLiveAsync(actor.TenantId, actor.SessionId!.Value, Stop);

    public sealed class OnSqlite(SqliteCore core) : ReviewTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : ReviewTests(core), IClassFixture<PostgreSqlCore>;
}

using FinConsole.Core.Access;
using FinConsole.Core.Audit.Checkpoints;
using FinConsole.Core.Audit.Verification;
using FinConsole.Core.AuditLog;
using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using FinConsole.Core.Profile;
using FinConsole.Core.UseCases;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.UseCases;

/// <summary>No entry, no change; no change, no entry.</summary>
public abstract class AuditedTransactionTests(CoreHost core)
{
    private static readonly AuditSubject Subject = new(AuditResource.Console, null, "Test");

    [Fact]
    public async Task Writes_the_entry_with_who_what_where_and_the_change_before_and_after()
    {
        var tenant = await core.NewTenantAsync();

        var entry = Assert.Single(await core.AuditOfAsync(tenant.Id, () => RenameAsync(tenant.Admin, "Ann Other")));

        Assert.Equal(1, entry.Sequence);
        Assert.Equal(AuditAction.ProfileUpdate, entry.Action);
        Assert.Equal((ActorKind.Account, tenant.Admin.Id, tenant.Admin.Email), (entry.ActorKind, entry.ActorId, entry.ActorName));
        Assert.Equal((AuditResource.Member, tenant.Admin.Id, AuditResult.Success), (entry.Resource, entry.ResourceId, entry.Result));
        Assert.Equal((TestTenants.Origin.Ip, TestTenants.Origin.UserAgent, TestTenants.Origin.CorrelationId), (entry.Ip, entry.UserAgent, entry.CorrelationId));
        Assert.Equal(core.Time.GetUtcNow(), entry.At);
        Assert.Equal("""{"changes":{"name":{"before":"The tenant admin","after":"Ann Other"}}}""", entry.Metadata);
    }

    [Fact]
    public async Task Chains_each_entry_to_the_one_before()
    {
        var tenant = await core.NewTenantAsync();
        for (var i = 0; i < 5; i++)
            await RenameAsync(tenant.Admin, $"Ann {i}");

        var log = await core.AuditAsync(tenant.Id);
        Assert.Equal([1, 2, 3, 4, 5], log.Select(entry => entry.Sequence));
        var previous = AuditChain.Origin;
        foreach (var entry in log)
        {
            Assert.Equal(AuditChain.LinkOf(previous, entry), entry.Link);
            Assert.Equal(core.Get<AuditChain>().TagOf(entry.Link), entry.Tag);
            previous = entry.Link;
        }
    }

    [Fact]
    public async Task Every_refusal_of_a_flood_has_its_own_entry_in_an_intact_chain()
    {
        var tenant = await core.NewTenantAsync();
        var transactions = core.Get<AuditedTransactions>();

        await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => transactions.RefuseAsync(tenant.Admin.Actor, Permission.ManageTokens, AuditAction.AccessRefused, Subject)));

        Assert.Equal(Enumerable.Range(1, 64).Select(number => (long)number), (await core.AuditAsync(tenant.Id)).Select(entry => entry.Sequence));
        Assert.True((await core.Get<ChainVerifier>().VerifyAsync(tenant.Id, null, null, TestContext.Current.CancellationToken)).Intact);
    }

    [Fact]
    public async Task A_refusal_is_in_the_log_although_its_caller_hung_up_behind_whichever_statement()
    {
        var tenant = await core.NewTenantAsync();
        var hangUp = new HangUp();
        await using var instance = core.NewInstance(services => hangUp.ListenTo(services));
        var (guard, transactions) = (instance.GetRequiredService<PermissionGuard>(), instance.GetRequiredService<AuditedTransactions>());
        Func<CancellationToken, Task<Error?>>[] doors =
        [
            stop => guard.CheckAsync(tenant.Cashier.Actor, Permission.ReadAudit, Subject, stop),
            async stop => (await transactions.BeginAsync(tenant.Cashier.Actor, Permission.ReadAudit, AuditAction.AuditExport, Subject, stop)).Error,
        ];
        foreach (var refuse in doors)
        {
            for (var statement = 1; statement == 1 || hangUp.Struck; statement++)
            {
                // The first statement's rows say whether they may: from there on it is known.
                using var stop = hangUp.Behind(statement);
                var before = (await core.AuditAsync(tenant.Id)).Count;
                Error? refusal = null;
                var cut = await Record.ExceptionAsync(async () => refusal = await refuse(stop.Token));

                Assert.Equal((statement, null, ErrorKind.Forbidden), (statement, cut, refusal?.Kind));
                Assert.Equal((statement, 1), (statement, (await core.AuditAsync(tenant.Id)).Count - before));
            }
        }
    }

    [Fact]
    public async Task A_change_whose_entry_cannot_be_written_does_not_happen()
    {
        var tenant = await core.NewTenantAsync();
        await RenameAsync(tenant.Admin, "Before");
        await using (var db = core.Db.Open(tenant.Id))
        {
            // The next entry then leaves a gap, which the database refuses.
            await db.Set<AuditHead>().ExecuteUpdateAsync(set => set.SetProperty(head => head.Size, 7), Stop);
        }

        await Assert.ThrowsAsync<DbUpdateException>(() => RenameAsync(tenant.Admin, "After"));

        Assert.Equal("Before", (await core.ReadAsync(tenant.Admin)).DisplayName);
        Assert.Single(await core.AuditAsync(tenant.Id));
    }

    [Fact]
    public async Task A_change_without_an_entry_does_not_happen()
    {
        var tenant = await core.NewTenantAsync();

        await using (var transaction = await BeginAsync(tenant.Id))
        {
            await SetNameAsync(transaction, tenant.Admin, "After");
            await Assert.ThrowsAsync<InvalidOperationException>(() => transaction.CommitAsync(Stop));
        }

        Assert.Equal(tenant.Admin.Name, (await core.ReadAsync(tenant.Admin)).DisplayName);
    }

    [Fact]
    public async Task What_is_not_committed_is_undone_with_its_entry_and_its_announcement()
    {
        var tenant = await core.NewTenantAsync();

        await using (var transaction = await BeginAsync(tenant.Id))
        {
            await SetNameAsync(transaction, tenant.Admin, "After");
            transaction.Audit(AuditAction.ProfileUpdate, Subject, new AuditDetails());
            transaction.Announce(ChangeKind.Member, tenant.Admin.Id);
        }

        Assert.Equal(tenant.Admin.Name, (await core.ReadAsync(tenant.Admin)).DisplayName);
        Assert.Empty(await core.AuditAsync(tenant.Id));
        await using var db = core.Db.OpenForOperator();
        Assert.False(await db.Set<Change>().AnyAsync(change => change.SubjectId == tenant.Admin.Id, Stop));
    }

    [Fact]
    public async Task A_refusal_by_right_leaves_one_entry_with_result_failure()
    {
        var tenant = await core.NewTenantAsync();

        var entry = Assert.Single(await core.AuditOfAsync(tenant.Id, async () =>
        {
            var answer = await core.Get<MakeAuditCheckpoint>().HandleAsync(tenant.Developer.Actor, Stop);
            Assert.Equal(ErrorKind.Forbidden, answer.Error?.Kind);
        }));

        Assert.Equal((AuditAction.AuditCheckpoint, AuditResult.Failure, tenant.Developer.Id), (entry.Action, entry.Result, entry.ActorId));
        Assert.Equal("""{"right":"VerifyAudit"}""", entry.Metadata);
    }

    [Fact]
    public async Task A_refusal_by_input_leaves_no_entry()
    {
        var tenant = await core.NewTenantAsync();

        Assert.Empty(await core.AuditOfAsync(tenant.Id, async () =>
        {
            var answer = await core.Get<UpdateProfile>().HandleAsync(new ProfileChange("", null, ThemeChoice.Dark), tenant.Admin.Actor, Stop);
            Assert.Equal(ErrorKind.Invalid, answer.Error?.Kind);
        }));
    }

    [Fact]
    public async Task An_actor_whose_session_has_ended_gets_nothing_done_and_leaves_no_entry()
    {
        var tenant = await core.NewTenantAsync();
        await using (var db = core.Db.Open(tenant.Id))
            await db.Set<MemberSession>().ExecuteUpdateAsync(set => set.SetProperty(session => session.EndedAt, core.Time.GetUtcNow()), Stop);

        Assert.Empty(await core.AuditOfAsync(tenant.Id, async () =>
        {
            var answer = await core.Get<UpdateProfile>().HandleAsync(new ProfileChange("After", null, ThemeChoice.Dark), tenant.Admin.Actor, Stop);
            Assert.Equal(AccessErrors.SessionEnded, answer.Error);
        }));
    }

    [Fact]
    public async Task Sixty_four_writers_at_once_leave_one_unbroken_chain()
    {
        var tenant = await core.NewTenantAsync();

        await Task.WhenAll(Enumerable.Range(0, 64).Select(async _ =>
        {
            await using var transaction = await BeginAsync(tenant.Id);
            transaction.Audit(AuditAction.ProfileUpdate, Subject, new AuditDetails());
            transaction.Audit(AuditAction.ProfileUpdate, Subject, new AuditDetails());
            await transaction.CommitAsync(Stop);
        }));

        Assert.Equal(new AuditVerdict(128, null), await core.Get<ChainVerifier>().VerifyAsync(tenant.Id, null, null, Stop));
    }

    private static async Task SetNameAsync(AuditedTransaction transaction, TestMember member, string name) =>
        await transaction.Db.Set<ConsoleUser>().Where(row => row.Id == member.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.DisplayName, name), Stop);

    private Task<AuditedTransaction> BeginAsync(Guid tenant) => core.Get<AuditedTransactions>().BeginUnguardedAsync(Actor.System(tenant, "test"), Stop);

    private async Task RenameAsync(TestMember member, string name) =>
        Assert.True((await core.Get<UpdateProfile>().HandleAsync(new ProfileChange(name, null, ThemeChoice.System), member.Actor, Stop)).Succeeded);

    public sealed class OnSqlite(SqliteCore core) : AuditedTransactionTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : AuditedTransactionTests(core), IClassFixture<PostgreSqlCore>;
}

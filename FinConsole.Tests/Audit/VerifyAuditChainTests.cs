using FinConsole.Core.Audit.Checkpoints;
using FinConsole.Core.Audit.Verification;
using FinConsole.Core.AuditLog;
using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FinConsole.Tests.Audit;

/// <summary>Verification over a real database whose triggers somebody has removed.</summary>
public abstract class VerifyAuditChainTests(CoreHost core)
{
    private const int Size = 6;

    public static TheoryData<string> Edits =>
    [
        """UPDATE "AuditEntries" SET "At" = "At" + 1""",
        """UPDATE "AuditEntries" SET "Action" = 41""",
        """UPDATE "AuditEntries" SET "ActorKind" = 1""",
        """UPDATE "AuditEntries" SET "ActorId" = "TenantId" """,
        """UPDATE "AuditEntries" SET "ActorName" = 'somebody else'""",
        """UPDATE "AuditEntries" SET "Resource" = 1""",
        """UPDATE "AuditEntries" SET "ResourceId" = '00000000-0000-0000-0000-000000000000'""",
        """UPDATE "AuditEntries" SET "ResourceName" = ''""",
        """UPDATE "AuditEntries" SET "Result" = 2""",
        """UPDATE "AuditEntries" SET "Ip" = ''""",
        """UPDATE "AuditEntries" SET "UserAgent" = 'curl/8'""",
        """UPDATE "AuditEntries" SET "CorrelationId" = 'x'""",
        """UPDATE "AuditEntries" SET "Metadata" = ''""",
        """UPDATE "AuditEntries" SET "Link" = "Tag" """,
        """UPDATE "AuditEntries" SET "Tag" = "Link" """,
        """UPDATE "AuditEntries" SET "Sequence" = 1000""",
        """DELETE FROM "AuditEntries" """,
    ];

    [Fact]
    public async Task Finds_an_untouched_log_intact_and_writes_down_that_it_looked()
    {
        // Of its own: the other tests drop the triggers of theirs, which is reported too.
        await using var untouched = NewCore();
        await untouched.InitializeAsync();
        var tenant = await untouched.NewTenantAsync();
        await untouched.AppendAsync(tenant.Id, Size, _ => new AuditShape());

        var entry = Assert.Single(await untouched.AuditOfAsync(tenant.Id, async () =>
        {
            var verdict = await untouched.Get<VerifyAuditChain>().HandleAsync(null, tenant.Reviewer.Actor, null, Stop);
            Assert.Equal(new AuditVerdict(Size, null), verdict.Value);
        }));

        Assert.Equal((AuditAction.AuditVerify, AuditResult.Success), (entry.Action, entry.Result));
        Assert.True((await untouched.Get<VerifyAuditChain>().HandleAsync(null, tenant.Reviewer.Actor, null, Stop)).Value!.Intact);
    }

    [Theory]
    [MemberData(nameof(Edits))]
    public async Task Finds_an_entry_that_was_tampered_with_wherever_it_stands(string edit)
    {
        foreach (var at in (int[])[1, 3, Size])
        {
            var tenant = await TenantWithLogAsync();
            await TamperAsync($"""{edit} WHERE "TenantId" = {At(0)} AND "Sequence" = {At(1)}""", tenant.Id, at);

            var verdict = await VerifyAsync(tenant);

            Assert.Equal(at, verdict.Fault?.Sequence);
            Assert.Equal(at - 1, verdict.Entries);
        }
    }

    [Fact]
    public async Task Finds_a_tail_that_was_cut_off()
    {
        var tenant = await TenantWithLogAsync();
        await TamperAsync($"""DELETE FROM "AuditEntries" WHERE "TenantId" = {At(0)} AND "Sequence" > 4""", tenant.Id);

        Assert.Equal(new AuditFault(Size, AuditFaultKind.TailCut), (await VerifyAsync(tenant)).Fault);
    }

    [Fact]
    public async Task Finds_a_tail_that_was_cut_off_with_a_head_set_back()
    {
        var tenant = await TenantWithLogAsync();
        await TamperAsync(
            $"""
            DELETE FROM "AuditEntries" WHERE "TenantId" = {At(0)} AND "Sequence" > 4;
            UPDATE "AuditHeads" SET "Size" = 4, "Link" = (SELECT "Link" FROM "AuditEntries" WHERE "TenantId" = {At(0)} AND "Sequence" = 4) WHERE "TenantId" = {At(0)}
            """,
            tenant.Id);

        Assert.Equal(AuditFaultKind.HeadForged, (await VerifyAsync(tenant)).Fault?.Kind);
    }

    [Fact]
    public async Task Finds_a_log_set_back_to_an_old_copy_by_a_checkpoint_that_was_kept()
    {
        var tenant = await TenantWithLogAsync();
        await TamperAsync("CREATE TABLE IF NOT EXISTS \"OldHeads\" AS SELECT * FROM \"AuditHeads\" WHERE 1 = 0");
        await TamperAsync($"""INSERT INTO "OldHeads" SELECT * FROM "AuditHeads" WHERE "TenantId" = {At(0)}""", tenant.Id);
        await AppendAsync(tenant.Id, 3);
        var checkpoint = (await core.Get<MakeAuditCheckpoint>().HandleAsync(tenant.Reviewer.Actor, Stop)).Value!;
        Assert.Equal(Size + 3, checkpoint.Size);
        await TamperAsync(
            $"""
            DELETE FROM "AuditEntries" WHERE "TenantId" = {At(0)} AND "Sequence" > {Size};
            DELETE FROM "AuditHeads" WHERE "TenantId" = {At(0)};
            INSERT INTO "AuditHeads" SELECT * FROM "OldHeads" WHERE "TenantId" = {At(0)}
            """,
            tenant.Id);

        Assert.Equal(new AuditFault(checkpoint.Size, AuditFaultKind.TailCut), (await VerifyAsync(tenant, checkpoint)).Fault);
    }

    [Fact]
    public async Task Tells_of_a_log_that_is_so_broken_that_the_verification_cannot_be_written_down()
    {
        var tenant = await TenantWithLogAsync();
        await TamperAsync($"""DELETE FROM "AuditHeads" WHERE "TenantId" = {At(0)}""", tenant.Id);

        Assert.Equal(new AuditVerdict(Size, new AuditFault(Size, AuditFaultKind.HeadForged)), await VerifyAsync(tenant));
    }

    [Fact]
    public async Task Finds_an_entry_that_was_added_behind_the_end()
    {
        var tenant = await TenantWithLogAsync();
        await DropTriggersAsync();
        await using (var db = core.Db.Open(tenant.Id))
        {
            db.Add(AuditSamples.With(
                (await core.AuditAsync(tenant.Id))[^1], AuditSamples.Columns.Single(column => column.Name == nameof(AuditEntry.Sequence)), (long)Size + 1));
            await db.SaveChangesAsync(Stop);
        }

        var verdict = await core.Get<ChainVerifier>().VerifyAsync(tenant.Id, null, null, Stop);

        Assert.Equal(new AuditFault(Size + 1, AuditFaultKind.BeyondEnd), verdict.Fault);
    }

    [Fact]
    public async Task Writes_down_what_it_found_with_result_failure()
    {
        var tenant = await TenantWithLogAsync();
        await TamperAsync($"""UPDATE "AuditEntries" SET "ActorName" = 'x' WHERE "TenantId" = {At(0)} AND "Sequence" = 2""", tenant.Id);

        var entry = Assert.Single(await core.AuditOfAsync(tenant.Id, () => VerifyAsync(tenant)));

        Assert.Equal((AuditAction.AuditVerify, AuditResult.Failure, """{"count":1,"firstBad":2}"""), (entry.Action, entry.Result, entry.Metadata));
    }

    [Fact]
    public async Task Writes_down_that_it_was_given_up()
    {
        var tenant = await core.NewTenantAsync();
        await AppendAsync(tenant.Id, 1, entriesEach: 4100);
        using var cancel = new CancellationTokenSource();
        var giveUp = new GivesUp(cancel);

        var entry = Assert.Single(await core.AuditOfAsync(tenant.Id, () => Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            core.Get<VerifyAuditChain>().HandleAsync(null, tenant.Reviewer.Actor, giveUp, cancel.Token))));

        Assert.Equal((AuditAction.AuditVerify, AuditResult.Failure, """{"reason":"Cancelled"}"""), (entry.Action, entry.Result, entry.Metadata));
    }

    [Fact]
    public async Task Lets_reviewers_and_admins_verify_and_nobody_else()
    {
        var tenant = await TenantWithLogAsync();
        foreach (var member in (TestMember[])[tenant.Developer, tenant.Cashier])
            Assert.Equal(ErrorKind.Forbidden, (await core.Get<VerifyAuditChain>().HandleAsync(null, member.Actor, null, Stop)).Error?.Kind);
        foreach (var member in (TestMember[])[tenant.Admin, tenant.Reviewer])
            Assert.True((await core.Get<VerifyAuditChain>().HandleAsync(null, member.Actor, null, Stop)).Succeeded);
    }

    [Fact]
    public async Task Reports_its_progress_and_finds_the_end_of_a_log_of_several_pieces()
    {
        var tenant = await core.NewTenantAsync();
        await AppendAsync(tenant.Id, 1, entriesEach: 4100);
        var reports = new List<VerifiedSoFar>();

        var verdict = await core.Get<ChainVerifier>().VerifyAsync(tenant.Id, null, new Reports(reports), Stop);

        Assert.Equal(new AuditVerdict(4100, null), verdict);
        // By a clock that stands still each piece has twice the rows of the one before.
        Assert.Equal([new(100, 4100), new(300, 4100), new(700, 4100), new(1500, 4100), new(3100, 4100), new(4100, 4100)], reports);
    }

    // Parameters by number, so that an edit can be put together from text without meeting anybody's input.
    private static string At(int number) => $"{{{number}}}";

    private async Task<TestTenant> TenantWithLogAsync()
    {
        var tenant = await core.NewTenantAsync();
        await AppendAsync(tenant.Id, Size);
        return tenant;
    }

    protected abstract CoreHost NewCore();

    private async Task AppendAsync(Guid tenant, int transactions, int entriesEach = 1)
    {
        for (var i = 0; i < transactions; i++)
        {
            await using var transaction = await core.Get<AuditedTransactions>().BeginUnguardedAsync(Actor.System(tenant, "test"), Stop);
            for (var j = 0; j < entriesEach; j++)
                transaction.Audit(AuditAction.ProfileUpdate, new AuditSubject(AuditResource.Console, null, "Test"), new AuditDetails().With(AuditField.Count, i));
            await transaction.CommitAsync(Stop);
        }
    }

    private async Task<AuditVerdict> VerifyAsync(TestTenant tenant, AuditCheckpoint? checkpoint = null) =>
        (await core.Get<VerifyAuditChain>().HandleAsync(checkpoint, tenant.Reviewer.Actor, null, Stop)).Value!;

    private async Task TamperAsync(string sql, params object[] parameters)
    {
        await DropTriggersAsync();
        await using var db = core.Db.OpenForOperator();
        await db.Database.ExecuteSqlRawAsync(sql, parameters, Stop);
    }

    private async Task DropTriggersAsync()
    {
        await using var db = core.Db.OpenForOperator();
        await db.Database.ExecuteSqlRawAsync(
            core.Provider == DatabaseProvider.PostgreSql
                ? """ALTER TABLE "AuditEntries" DISABLE TRIGGER ALL"""
                : """
                  DROP TRIGGER IF EXISTS "AuditEntries_refuse_update";
                  DROP TRIGGER IF EXISTS "AuditEntries_refuse_delete";
                  DROP TRIGGER IF EXISTS "AuditEntries_refuse_gap";
                  """,
            Stop);
    }

    private sealed class GivesUp(CancellationTokenSource cancel) : IProgress<VerifiedSoFar>
    {
        public void Report(VerifiedSoFar value) => cancel.Cancel();
    }

    private sealed class Reports(List<VerifiedSoFar> reports) : IProgress<VerifiedSoFar>
    {
        public void Report(VerifiedSoFar value) => reports.Add(value);
    }

    public sealed class OnSqlite(SqliteCore core) : VerifyAuditChainTests(core), IClassFixture<SqliteCore>
    {
        protected override CoreHost NewCore() => new SqliteCore();
    }

    public sealed class OnPostgreSql(PostgreSqlCore core) : VerifyAuditChainTests(core), IClassFixture<PostgreSqlCore>
    {
        protected override CoreHost NewCore() => new PostgreSqlCore();
    }
}

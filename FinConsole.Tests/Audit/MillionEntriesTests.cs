using System.Diagnostics;
using FinConsole.Core.Audit.Verification;
using FinConsole.Core.AuditLog;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FinConsole.Tests.Audit;

/// <summary>A chain of a million entries: verified whole, in steps that somebody can watch, and given up at once when they ask for that.</summary>
[Collection(Alone.Name)]
public sealed class MillionEntriesTests(SqliteCore core) : IClassFixture<SqliteCore>
{
    private const int Size = 1_000_000;

    [Fact]
    public async Task A_million_entries_are_verified_with_progress_and_can_be_cancelled()
    {
        var tenant = await core.NewTenantAsync();
        var indexes = await DropIndexesAsync();
        await core.AppendInBulkAsync(tenant.Id, Size, number => new AuditShape(number % 3 == 0 ? AuditAction.SessionStart : AuditAction.TokenCreate, Metadata: """{"name":"Billing"}"""));
        await using (var db = core.Db.OpenForOperator())
            await db.Database.ExecuteSqlRawAsync(indexes, Stop);
        var reports = new Reports();
        var before = GC.GetTotalMemory(forceFullCollection: true);

        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var cancelled = new Reports { OnReport = report => { if (report.Entries >= 100_000) cancel.Cancel(); } };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => core.Get<VerifyAuditChain>().HandleAsync(null, tenant.Reviewer.Actor, cancelled, cancel.Token));
        Assert.InRange(cancelled.All[^1].Entries, 100_000, 104_000);

        var clock = Stopwatch.StartNew();
        var verdict = await core.Get<VerifyAuditChain>().HandleAsync(null, tenant.Reviewer.Actor, reports, Stop);

        // The one that was given up stands in the log too.
        Assert.Equal(new AuditVerdict(Size + 1, null), verdict.Value);
        Assert.Equal(new VerifiedSoFar(Size + 1, Size + 1), reports.All[^1]);
        Assert.InRange(reports.All.Count, 100, 10_000);
        Assert.All(reports.All, report => Assert.Equal(Size + 1, report.Size));
        Assert.Equal(reports.All.OrderBy(report => report.Entries), reports.All);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 16 * 1024 * 1024);
        TestContext.Current.SendDiagnosticMessage($"{Size} entries verified in {clock.Elapsed.TotalSeconds:0.0} s");
    }

    // They would make the writing of a million rows several times slower. Returns what makes them again.
    private async Task<string> DropIndexesAsync()
    {
        await using var db = core.Db.OpenForOperator();
        var made = await db.Database.SqlQueryRaw<string>("SELECT sql AS Value FROM sqlite_master WHERE type = 'index' AND tbl_name = 'AuditEntries' AND sql IS NOT NULL").ToListAsync(Stop);
        var drops = db.Model.FindEntityType(typeof(AuditEntry))!.GetIndexes().Select(index => $"DROP INDEX \"{index.GetDatabaseName()}\"");
        await db.Database.ExecuteSqlRawAsync(string.Join(';', drops), Stop);
        return string.Join(';', made);
    }

    private sealed class Reports : IProgress<VerifiedSoFar>
    {
        public List<VerifiedSoFar> All { get; } = [];

        public Action<VerifiedSoFar>? OnReport { get; init; }

        public void Report(VerifiedSoFar value)
        {
            All.Add(value);
            OnReport?.Invoke(value);
        }
    }
}

using FinConsole.Core.Audit.Verification;
using FinConsole.Core.Audit.Volumes;
using FinConsole.Core.AuditLog;
using FinConsole.Core.AuditLog.Chain;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FinConsole.Tests.Audit.Tampering;

/// <summary>The chart over the log is drawn from hourly counts. Somebody who changes them is found like somebody who changes entries.</summary>
public abstract class AlteredVolumeTests(CoreHost core) : IAsyncLifetime
{
    private TestTenant _tenant = null!;

    public async ValueTask InitializeAsync()
    {
        await core.InitializeAsync();
        _tenant = await core.NewTenantAsync();
        // Two more rows than are read at a time.
        await core.AppendAsync(_tenant.Id, 2002, number => Shape(number));
        Assert.Equal(2002, await core.Get<FoldAuditVolume>().RunAsync(Stop));
        await core.AppendAsync(_tenant.Id, 5, number => Shape(number));
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await core.DisposeAsync();
    }

    [Fact]
    public async Task Counts_of_a_part_of_all_or_of_nothing_of_the_log_are_in_order()
    {
        Assert.Null(await FaultAsync());
        Assert.Equal(5, await core.Get<FoldAuditVolume>().RunAsync(Stop, threshold: 1));
        Assert.Null(await FaultAsync());
        await ExecuteAsync("DELETE FROM \"AuditVolumes\"; DELETE FROM \"AuditVolumeMarks\"");
        Assert.Null(await FaultAsync());
    }

    [Theory]
    [InlineData("DELETE FROM \"AuditVolumes\" WHERE \"Hour\" = (SELECT MAX(\"Hour\") FROM \"AuditVolumes\")")]
    [InlineData("DELETE FROM \"AuditVolumes\"")]
    [InlineData("DELETE FROM \"AuditVolumeMarks\"")]
    [InlineData("UPDATE \"AuditVolumeMarks\" SET \"Sequence\" = \"Sequence\" - 1")]
    [InlineData("UPDATE \"AuditVolumeMarks\" SET \"Sequence\" = \"Sequence\" + 1000")]
    [InlineData("UPDATE \"AuditVolumes\" SET \"Count\" = \"Count\" + 1 WHERE \"Hour\" = (SELECT MIN(\"Hour\") FROM \"AuditVolumes\")")]
    [InlineData("UPDATE \"AuditVolumes\" SET \"Count\" = 0 WHERE \"Hour\" = (SELECT MIN(\"Hour\") FROM \"AuditVolumes\")")]
    [InlineData("UPDATE \"AuditVolumes\" SET \"Hour\" = \"Hour\" + 1000000 WHERE \"Hour\" = (SELECT MIN(\"Hour\") FROM \"AuditVolumes\")")]
    [InlineData("UPDATE \"AuditVolumes\" SET \"Action\" = \"Action\" + 1000 WHERE \"Hour\" = (SELECT MIN(\"Hour\") FROM \"AuditVolumes\")")]
    [InlineData("UPDATE \"AuditVolumes\" SET \"Result\" = 3 - \"Result\"")]
    [InlineData("INSERT INTO \"AuditVolumes\" SELECT \"TenantId\", \"Hour\" + 5000000, \"Action\", \"Result\", \"Count\" FROM \"AuditVolumes\"")]
    public async Task Counts_that_were_altered_are_found(string sql)
    {
        await ExecuteAsync(sql);

        Assert.Equal(AuditFaultKind.VolumesAltered, (await FaultAsync())?.Kind);
        var reports = await core.Get<VerifyEveryChain>().HandleAsync(null, Stop).ToListAsync(Stop);
        Assert.Equal(AuditFaultKind.VolumesAltered, Assert.Single(reports, report => !report.Verdict.Intact).Verdict.Fault!.Kind);
    }

    [Fact]
    public async Task Counts_that_go_on_while_the_log_is_verified_raise_no_alarm()
    {
        using var stop = new CancellationTokenSource();
        var counting = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await core.AppendAsync(_tenant.Id, 3, number => Shape(number));
                await core.Get<FoldAuditVolume>().RunAsync(Stop, threshold: 1);
            }
        }, Stop);

        for (var times = 0; times < 15; times++)
            Assert.Null(await FaultAsync());
        await stop.CancelAsync();
        await counting;
    }

    private async Task<AuditFault?> FaultAsync() => (await core.Get<ChainVerifier>().VerifyAsync(_tenant.Id, null, null, Stop)).Fault;

    private async Task ExecuteAsync(string sql)
    {
        await using var db = core.Db.OpenForOperator();
        await db.Database.ExecuteSqlRawAsync(sql, Stop);
    }

    private static AuditShape Shape(long number) => new(
        Action: number % 2 == 0 ? AuditAction.TokenRotate : AuditAction.ProfileUpdate, Result: number % 3 == 0 ? AuditResult.Failure : AuditResult.Success,
        At: CoreHost.Start.AddHours(number));

    public sealed class OnSqlite() : AlteredVolumeTests(new SqliteCore());

    public sealed class OnPostgreSql() : AlteredVolumeTests(new PostgreSqlCore());
}

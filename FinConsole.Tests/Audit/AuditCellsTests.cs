using System.Globalization;
using Bunit;
using FinConsole.Core.Audit.Listing;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Members;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.Audit;
using FinConsole.Web.Components.Shared;
using Xunit;

namespace FinConsole.Tests.Audit;

public sealed class AuditCellsTests(SqliteCore core) : IClassFixture<SqliteCore>
{
    [Fact]
    public async Task Entries_stand_under_the_day_they_are_of_as_the_reader_counts_days()
    {
        var tenant = await core.NewTenantAsync();
        await using var console = new BrowserlessConsole(core, tenant.Developer);
        AuditRow[] rows = [RowAt(4, "2026-03-02T10:00:01Z"), RowAt(3, "2026-03-02T00:00:00Z"), RowAt(2, "2026-03-01T23:59:59Z"), RowAt(1, "2026-02-27T08:00:00Z")];

        var view = console.Draw(AuditCells.Draw(rows, new UserClock(TimeZoneInfo.Utc, core.Time)));

        Assert.Equal(
            ["2 Mar 2026", "#4", "#3", "1 Mar 2026", "#2", "27 Feb 2026", "#1"],
            view.FindAll("tr").Select(row => row.ClassList.Contains("fc-day") ? row.TextContent : row.QuerySelector(".when .fc-2")!.TextContent));
        Assert.Equal("2 Mar 2026, 10:00:01", view.Find("[data-testid=audit-row] time").TextContent);
    }

    private static AuditRow RowAt(long sequence, string at) => new(
        sequence, DateTimeOffset.Parse(at, CultureInfo.InvariantCulture), AuditAction.SessionStart, ActorKind.Account, Guid.Empty, "ann@acme.example",
        AuditResource.Session, null, "ann@acme.example", AuditResult.Success, "203.0.113.7", null, "c", "{}", []);
}

using FinConsole.Core.LoginHistory;
using FinConsole.Core.LoginHistory.Listing;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.LoginHistory;

/// <summary>A period's own ends, page by page, alone and together with a filter that is matched in memory.</summary>
public abstract class LoginPeriodTests(CoreHost core)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Shows_all_of_a_period_and_nothing_before_or_after_it(bool filtered)
    {
        var tenant = await core.NewTenantAsync();
        var start = core.Time.GetUtcNow();
        for (var minute = 0; minute < 12; minute++)
        {
            var account = new AttemptedAccount(tenant.Id, tenant.Admin.Id, tenant.Admin.Email);
            await core.Get<LoginRecorder>().RecordAsync(core.Get<LoginRecorder>().Attempt(account, SignInChannel.Console, LoginOutcome.WrongPassword, TestTenants.Origin));
            core.Time.Advance(TimeSpan.FromMinutes(1));
        }

        var filter = new LoginFilter(
            Account: filtered ? tenant.Admin.Email[..5] : null, From: start.AddMinutes(2), To: start.AddMinutes(9), Limit: 3);
        var minutes = new List<double>();
        do
        {
            var page = (await core.Get<ListLoginAttempts>().HandleAsync(filter, tenant.Reviewer.Actor, Stop)).Value!;
            minutes.AddRange(page.Rows.Select(row => (row.At - start).TotalMinutes));
            filter = filter with { Cursor = page.NextCursor };
        }
        while (filter.Cursor is not null);

        Assert.Equal([8, 7, 6, 5, 4, 3, 2], minutes);
    }

    public sealed class OnSqlite(SqliteCore core) : LoginPeriodTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : LoginPeriodTests(core), IClassFixture<PostgreSqlCore>;
}

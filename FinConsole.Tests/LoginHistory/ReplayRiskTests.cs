using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.Policies;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.LoginHistory;

/// <summary>How the last 90 days would have been evaluated by other thresholds and weights.</summary>
public abstract class ReplayRiskTests(CoreHost core)
{
    private static readonly RiskPolicy[] Proposals =
    [
        RiskPolicy.Default,
        RiskPolicy.Default with { Medium = 15 },
        RiskPolicy.Default with { Medium = 80, High = 100 },
        RiskPolicy.Default with { High = 31 },
        RiskPolicy.Default with { Weights = RiskPolicy.Default.Weights.SetItem(RiskReasons.NewCountry, 0) },
        RiskPolicy.Default with { Medium = 1, High = 2, Weights = RiskPolicy.Default.Weights.SetItem(RiskReasons.NewIp, 100) },
    ];

    [Fact]
    public async Task Counts_and_names_what_looking_at_every_row_would()
    {
        var tenant = await core.NewTenantAsync();
        await core.AddPastAsync(tenant.Id, Mixed(600, core.Time.GetUtcNow()));
        // Another tenant's, those before the 90 days, and those that nobody has evaluated yet count nowhere.
        await core.AddPastAsync((await core.NewTenantAsync()).Id, Mixed(50, core.Time.GetUtcNow()));
        var longAgo = core.Time.GetUtcNow().AddDays(-ReplayRisk.Days) - TimeSpan.FromTicks(1);
        await core.AddPastAsync(tenant.Id, (longAgo, RiskReasons.NewCountry | RiskReasons.NewDevice, RiskLevel.Medium, 40), (core.Time.GetUtcNow(), RiskReasons.None, null, 0));
        var rows = (await core.AttemptsAsync(tenant.Id)).Where(row => row.At > longAgo && row.Level is not null).ToList();

        foreach (var proposal in Proposals)
        {
            var replay = (await core.Get<ReplayRisk>().HandleAsync(proposal, tenant.Admin.Actor, Stop)).Value!;

            var judged = rows.ConvertAll(row => (Row: row, New: row.Flagged == 0 ? row.Level!.Value : proposal.LevelOf(proposal.ScoreOf(row.Flagged))));
            var changing = judged.Where(each => each.New != each.Row.Level).OrderByDescending(each => each.Row.At).ThenByDescending(each => each.Row.Id).ToList();
            Assert.Equal(rows.Count(row => row.Level >= RiskLevel.Medium), replay.Now);
            Assert.Equal(judged.Count(each => each.New >= RiskLevel.Medium), replay.Then);
            Assert.Equal(rows.Count(row => row.Level == RiskLevel.High), replay.HighNow);
            Assert.Equal(judged.Count(each => each.New == RiskLevel.High), replay.HighThen);
            Assert.Equal(changing.Count, replay.Changing);
            Assert.Equal(
                changing.Take(ReplayRisk.MostRows).Select(each => new ReplayedAttempt(
                    each.Row.Id, each.Row.At, each.Row.Account, each.Row.Outcome, each.Row.Flagged, each.Row.Score, each.Row.Level!.Value, proposal.ScoreOf(each.Row.Flagged), each.New)),
                replay.Newest);
        }
    }

    [Fact]
    public async Task Changes_no_row_and_writes_no_entry()
    {
        var tenant = await core.NewTenantAsync();
        await core.AddPastAsync(tenant.Id, Mixed(50, core.Time.GetUtcNow()));
        var before = (await core.AttemptsAsync(tenant.Id)).ConvertAll(row => (row.Id, row.Level, row.Score, row.Flagged));

        Assert.Empty(await core.AuditOfAsync(tenant.Id, () => core.Get<ReplayRisk>().HandleAsync(Proposals[1], tenant.Admin.Actor, Stop)));

        Assert.Equal(before, (await core.AttemptsAsync(tenant.Id)).ConvertAll(row => (row.Id, row.Level, row.Score, row.Flagged)));
    }

    [Fact]
    public async Task Refuses_a_weighing_that_could_not_be_saved()
    {
        var tenant = await core.NewTenantAsync();

        var refused = (await core.Get<ReplayRisk>().HandleAsync(RiskPolicy.Default with { Medium = 60 }, tenant.Admin.Actor, Stop)).Error;

        Assert.Equal((ErrorKind.Invalid, "RiskHigh"), (refused!.Kind, Assert.Single(refused.Fields).Key));
    }

    [Fact]
    public async Task Counts_and_finds_in_the_index_of_those_in_which_something_was_found()
    {
        var tenant = await core.NewTenantAsync();
        var now = core.Time.GetUtcNow();
        await core.AddPastAsync(tenant.Id, Enumerable.Range(0, 4000).Select(number => (now.AddMinutes(-number), number % 50 == 0 ? RiskReasons.NewDevice : RiskReasons.None, (RiskLevel?)RiskLevel.Low, 0)));
        await core.AnalyzeAsync();

        var plans = (await core.PlansOfAsync(() => core.Get<ReplayRisk>().HandleAsync(Proposals[1], tenant.Admin.Actor, Stop)))
            .Where(plan => plan.Sql.Contains("LoginAttempts", StringComparison.Ordinal)).ToList();

        // The third reads the few that the second found.
        Assert.Equal(3, plans.Count);
        Assert.All(plans[..2], plan => Assert.Contains("IX_LoginAttempts_Flagged", plan.Plan, StringComparison.Ordinal));
        if (core.Provider == DatabaseProvider.Sqlite)
            Assert.All(plans[..2], plan => Assert.Contains("COVERING INDEX", plan.Plan, StringComparison.Ordinal));
    }

    // Every combination of reasons comes up, evaluated by today's policy or by some earlier one.
    private static IEnumerable<(DateTimeOffset At, RiskReasons Flagged, RiskLevel? Level, int Score)> Mixed(int count, DateTimeOffset now)
    {
        for (var number = 0; number < count; number++)
        {
            var flagged = (RiskReasons)(number * 37 % 1024);
            var judge = number % 5 == 0 ? Proposals[2] : RiskPolicy.Default;
            var score = judge.ScoreOf(flagged);
            RiskLevel level = number % 11 == 0 ? RiskLevel.None : judge.LevelOf(score);
            yield return level == RiskLevel.None
                ? (now.AddHours(-number), RiskReasons.None, level, 0)
                : (now.AddHours(-number), flagged, level, score);
        }
    }

    public sealed class OnSqlite(SqliteCore core) : ReplayRiskTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : ReplayRiskTests(core), IClassFixture<PostgreSqlCore>;
}

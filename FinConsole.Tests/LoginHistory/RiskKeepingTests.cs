using FinConsole.Core.LoginHistory;
using FinConsole.Core.Members;
using FinConsole.Core.Policies;
using FinConsole.Core.SignIn;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.LoginHistory;

/// <summary>What is kept of an evaluation and of what an account has shown, also in a flood and by two instances.</summary>
public abstract class RiskKeepingTests(CoreHost core)
{
    [Fact]
    public async Task Scores_follow_the_policy_of_the_moment_and_stay_when_it_changes()
    {
        var tenant = await core.NewTenantAsync();
        await core.SettleAsync(tenant.Developer, 5);
        var before = await core.SignInAsync(tenant.Developer, LoginSteps.From(TestPlaces.Brazil));
        await using (var db = core.Db.Open(tenant.Id))
        {
            db.Add(new TenantPolicy { TenantId = tenant.Id, RiskMedium = 10, RiskHigh = 20, RiskWeights = """{"NewIp":25}""" });
            await db.SaveChangesAsync(Stop);
        }

        var after = await core.SignInAsync(tenant.Developer, LoginSteps.From("203.0.113.99"));

        Assert.Equal((RiskReasons.NewIp, 25, RiskLevel.High), (after.Flagged, after.Score, after.Level));
        var kept = (await core.HistoryAsync(tenant.Id)).Single(row => row.Id == before.Id);
        Assert.Equal((40, RiskLevel.Medium), (kept.Score, kept.Level));
    }

    [Fact]
    public async Task What_an_intruder_taught_is_forgotten_when_the_owner_says_not_me()
    {
        var tenant = await core.NewTenantAsync();
        await core.SettleAsync(tenant.Developer, 5);
        var intruder = await core.SignInAsync(tenant.Developer, LoginSteps.From(TestPlaces.Brazil, LoginSteps.Chrome));
        Assert.Equal(RiskReasons.None, (await core.SignInAsync(tenant.Developer, LoginSteps.From(TestPlaces.Brazil, LoginSteps.Chrome))).Flagged);

        Assert.True((await core.Get<MarkLoginAttempt>().HandleAsync(intruder.Id, LoginMark.NotMe, Reviewer(tenant), Stop)).Succeeded);

        var again = await core.SignInAsync(tenant.Developer, LoginSteps.From(TestPlaces.Brazil, LoginSteps.Chrome));
        Assert.Equal(RiskReasons.NewIp | RiskReasons.NewNetwork | RiskReasons.NewCountry | RiskReasons.NewDevice, again.Flagged);
    }

    [Fact]
    public async Task A_burst_of_a_thousand_from_one_address_is_judged_row_by_row()
    {
        var tenant = await core.NewTenantAsync();
        var recorder = core.Get<LoginRecorder>();
        await using (var db = core.Db.Open(tenant.Id))
        {
            for (var number = 0; number < 1000; number++)
            {
                var account = new AttemptedAccount(tenant.Id, null, $"burst{number}@{Domain(tenant)}");
                db.Add(recorder.Attempt(account, SignInChannel.Console, LoginOutcome.UnknownAccount, LoginSteps.From(TestPlaces.Brazil)));
                core.Time.Advance(TimeSpan.FromMilliseconds(60));
                await db.SaveChangesAsync(Stop);
            }
        }

        await core.EvaluateAllAsync();

        var rows = (await core.AttemptsAsync(tenant.Id)).ToList();
        Assert.Equal(1000, rows.Count);
        Assert.All(rows.Take(4), row => Assert.Equal(RiskReasons.None, row.Flagged));
        Assert.All(rows.Skip(4), row => Assert.Equal(RiskReasons.ManyAccountsFromOneIp, row.Flagged));
    }

    [Fact]
    public async Task One_that_cannot_be_judged_keeps_no_other_from_it_and_is_judged_when_it_can_be()
    {
        var tenant = await core.NewTenantAsync();
        await using (var db = core.Db.Open(tenant.Id))
        {
            db.Add(new AccountTrait { TenantId = tenant.Id, MemberId = tenant.Developer.Id, Kind = TraitKind.Hour, Value = "noon" });
            await db.SaveChangesAsync(Stop);
        }

        foreach (var member in new[] { tenant.Developer, tenant.Reviewer })
            Assert.True((await core.Get<SignInWithPassword>().HandleAsync(member.Email, TestMember.Secret, TestTenants.Origin, Stop)).Succeeded);
        await Assert.ThrowsAsync<AggregateException>(core.EvaluateAllAsync);
        Assert.Equal([RiskLevel.Low, null], (await core.HistoryAsync(tenant.Id)).Select(row => row.Level));

        await using (var db = core.Db.Open(tenant.Id))
            await db.Set<AccountTrait>().Where(trait => trait.Value == "noon").ExecuteDeleteAsync(Stop);
        await core.EvaluateAllAsync();
        Assert.All(await core.HistoryAsync(tenant.Id), row => Assert.Equal(RiskLevel.Low, row.Level));
    }

    [Fact]
    public async Task Two_instances_at_once_judge_every_row_once()
    {
        var tenant = await core.NewTenantAsync();
        await core.SettleAsync(tenant.Developer, 5);
        for (var number = 0; number < 20; number++)
            Assert.True((await core.Get<SignInWithPassword>().HandleAsync(tenant.Developer.Email, TestMember.Secret, TestTenants.Origin, Stop)).Succeeded);
        await using var other = core.NewInstance();

        // Even without the lease that keeps them apart.
        await Task.WhenAll(EvaluateAsync(core.Get<RiskAnalyst>()), EvaluateAsync(other.GetRequiredService<RiskAnalyst>()));

        await using var db = core.Db.Open(tenant.Id);
        Assert.Equal(25, await db.Set<AccountTrait>().Where(trait => trait.Kind == TraitKind.Device).SumAsync(trait => trait.SignIns, Stop));
    }

    private static async Task EvaluateAsync(RiskAnalyst analyst)
    {
        while (await analyst.EvaluatePendingAsync(Stop) > 0)
        {
        }
    }

    private static Actor Reviewer(TestTenant tenant) => Actor.System(tenant.Id, "reviewer");

    private static string Domain(TestTenant tenant) => tenant.Admin.Email[(tenant.Admin.Email.IndexOf('@', StringComparison.Ordinal) + 1)..];

    public sealed class OnSqlite(SqliteCore core) : RiskKeepingTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : RiskKeepingTests(core), IClassFixture<PostgreSqlCore>;
}

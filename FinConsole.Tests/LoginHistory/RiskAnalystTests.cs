using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Lifecycle;
using FinConsole.Core.ApiTokens.Rotation;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.LoginHistory.Listing;
using FinConsole.Core.Policies;
using FinConsole.Core.SignIn;
using FinConsole.Core.SignIn.SecondFactor;
using FinConsole.Core.Tenants;
using FinConsole.Tests.ApiTokens;
using FinConsole.Tests.Fixtures;
using FinConsole.Tests.Mfa;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FinConsole.Tests.LoginHistory;

/// <summary>Real sequences of attempts, as the doors write them, and what the rules make of each.</summary>
public abstract class RiskAnalystTests(CoreHost core)
{
    [Fact]
    public async Task A_first_sign_in_has_nothing_against_it_and_says_what_it_cannot_tell()
    {
        var tenant = await core.NewTenantAsync();

        var row = await core.SignInAsync(tenant.Developer);

        Assert.Equal((RiskLevel.Low, 0, RiskReasons.None), (row.Level, row.Score, row.Flagged));
        Assert.Equal(
            RiskReasons.NewIp | RiskReasons.NewNetwork | RiskReasons.NewCountry | RiskReasons.ImpossibleTravel | RiskReasons.NewDevice | RiskReasons.UnusualHour, row.Undecided);
        Assert.Equal("DE", row.Country);
    }

    [Fact]
    public async Task After_five_sign_ins_a_new_address_network_country_and_device_are_told()
    {
        var tenant = await core.NewTenantAsync();
        await core.SettleAsync(tenant.Developer, 5);

        Assert.Equal(RiskReasons.NewIp, (await core.SignInAsync(tenant.Developer, LoginSteps.From("203.0.113.8"))).Flagged);
        Assert.Equal(RiskReasons.None, (await core.SignInAsync(tenant.Developer, LoginSteps.From("203.0.113.8"))).Flagged);
        Assert.Equal(RiskReasons.NewDevice, (await core.SignInAsync(tenant.Developer, LoginSteps.From(TestPlaces.Office, LoginSteps.Chrome))).Flagged);
        var abroad = await core.SignInAsync(tenant.Developer, LoginSteps.From(TestPlaces.Brazil));
        Assert.Equal(RiskReasons.NewIp | RiskReasons.NewNetwork | RiskReasons.NewCountry, abroad.Flagged);
        Assert.Equal((RiskLevel.Medium, 40, "BR"), (abroad.Level, abroad.Score, abroad.EvidenceOf(RiskReasons.NewCountry)));
    }

    [Fact]
    public async Task A_new_version_of_the_browser_is_no_new_device()
    {
        var tenant = await core.NewTenantAsync();
        await core.SettleAsync(tenant.Developer, 5);

        var row = await core.SignInAsync(tenant.Developer, LoginSteps.From(TestPlaces.Office, TestTenants.Origin.UserAgent!.Replace("140", "141", StringComparison.Ordinal)));

        Assert.Equal(RiskReasons.None, row.Flagged);
    }

    [Fact]
    public async Task An_address_of_no_place_is_new_but_its_country_cannot_be_told()
    {
        var tenant = await core.NewTenantAsync();
        await core.SettleAsync(tenant.Developer, 5);

        foreach (var ip in new[] { TestPlaces.Nowhere, "10.1.2.3", "192.168.7.1" })
        {
            var row = await core.SignInAsync(tenant.Developer, LoginSteps.From(ip));
            Assert.Equal((RiskReasons.NewIp | RiskReasons.NewNetwork, null), (row.Flagged, row.Country));
            Assert.Equal(RiskReasons.NewCountry | RiskReasons.ImpossibleTravel | RiskReasons.UnusualHour, row.Undecided);
        }
    }

    [Fact]
    public async Task Two_far_countries_within_two_hours_are_impossible_and_neighbours_are_not()
    {
        var tenant = await core.NewTenantAsync();
        await core.SettleAsync(tenant.Developer, 5);

        Assert.False((await core.SignInAsync(tenant.Developer, LoginSteps.From(TestPlaces.Brazil))).Flagged.HasFlag(RiskReasons.ImpossibleTravel));
        core.Time.Advance(TimeSpan.FromMinutes(30));
        Assert.False((await core.SignInAsync(tenant.Developer, LoginSteps.From(TestPlaces.Argentina))).Flagged.HasFlag(RiskReasons.ImpossibleTravel));
        core.Time.Advance(TimeSpan.FromMinutes(30));
        var far = await core.SignInAsync(tenant.Developer, LoginSteps.From(TestPlaces.Japan));

        Assert.True(far.Flagged.HasFlag(RiskReasons.ImpossibleTravel));
        Assert.Equal(("AR,JP,30", RiskLevel.High), (far.EvidenceOf(RiskReasons.ImpossibleTravel), far.Level));
    }

    [Fact]
    public async Task The_usual_hour_is_learnt_from_twenty_sign_ins_in_the_account_s_own_time_zone()
    {
        var tenant = await core.NewTenantAsync();
        await core.ChangeAsync(tenant.Developer, member => member.TimeZone = "Asia/Tokyo");
        await core.SettleAsync(tenant.Developer, 20, hour: 0);

        core.GoTo(1);
        Assert.Equal(RiskReasons.None, (await core.SignInAsync(tenant.Developer)).Flagged);
        core.GoTo(18);
        var night = await core.SignInAsync(tenant.Developer);

        Assert.Equal((RiskReasons.UnusualHour, "3"), (night.Flagged, night.EvidenceOf(RiskReasons.UnusualHour)));
    }

    [Fact]
    public async Task Several_failures_count_until_one_succeeds_and_for_an_hour()
    {
        var tenant = await core.NewTenantAsync();
        for (var failure = 0; failure < 3; failure++)
            Assert.Equal(RiskReasons.None, (await core.FailAsync(tenant.Id, tenant.Developer.Email)).Flagged);

        var hit = await core.SignInAsync(tenant.Developer);
        Assert.Equal((RiskReasons.FailuresBefore, "3"), (hit.Flagged, hit.EvidenceOf(RiskReasons.FailuresBefore)));
        Assert.Equal(RiskReasons.None, (await core.SignInAsync(tenant.Developer)).Flagged);

        for (var failure = 0; failure < 3; failure++)
            await core.FailAsync(tenant.Id, tenant.Developer.Email);
        core.Time.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(RiskReasons.None, (await core.SignInAsync(tenant.Developer)).Flagged);
    }

    [Fact]
    public async Task A_spray_is_told_from_its_fifth_account_on_and_taints_the_success_that_follows()
    {
        var tenant = await core.NewTenantAsync();
        var from = LoginSteps.From(TestPlaces.Brazil);
        for (var account = 1; account <= 4; account++)
            Assert.Equal(RiskReasons.None, (await core.FailAsync(tenant.Id, $"guess{account}@{Domain(tenant)}", from)).Flagged);

        var fifth = await core.FailAsync(tenant.Id, $"guess5@{Domain(tenant)}", from);
        Assert.Equal((RiskReasons.ManyAccountsFromOneIp, "5", RiskLevel.Medium), (fifth.Flagged, fifth.EvidenceOf(RiskReasons.ManyAccountsFromOneIp), fifth.Level));
        Assert.Equal(RiskReasons.ManyAccountsFromOneIp, (await core.SignInAsync(tenant.Developer, from)).Flagged);
        Assert.Equal(RiskReasons.None, (await core.SignInAsync(tenant.Reviewer)).Flagged);
        core.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(RiskReasons.None, (await core.SignInAsync(tenant.Developer, from)).Flagged);
    }

    [Fact]
    public async Task A_password_then_a_code_is_one_success_and_codes_that_failed_between_count_against_it()
    {
        var tenant = await core.NewTenantAsync();
        var phone = await core.EnrolAsync(tenant.Developer);
        await core.EvaluateAllAsync();
        var before = (await core.HistoryAsync(tenant.Id)).Count;
        var challenge = await core.ChallengeAsync(tenant.Developer);
        var waiting = await core.EvaluatedAsync(tenant.Id);
        Assert.Equal((LoginOutcome.MfaRequired, RiskReasons.None), (waiting.Outcome, waiting.Flagged));

        for (var failure = 1; failure <= 3; failure++)
        {
            await core.Get<SignInWithSecondFactor>().HandleAsync(challenge, phone.WrongCode(), SecondFactors.AuthenticatorApp, TestTenants.Origin, Stop);
            var failed = await core.EvaluatedAsync(tenant.Id);
            Assert.Equal((LoginOutcome.MfaFailed, failure == 3), (failed.Outcome, failed.Flagged.HasFlag(RiskReasons.RepeatedMfaFailures)));
        }

        Assert.True((await core.Get<SignInWithSecondFactor>().HandleAsync(challenge, phone.NextCode(), SecondFactors.AuthenticatorApp, TestTenants.Origin, Stop)).Succeeded);
        await core.EvaluateAllAsync();
        var history = await core.HistoryAsync(tenant.Id);
        Assert.Equal(before + 4, history.Count);
        var finished = history.Single(row => row.Id == waiting.Id);
        Assert.Equal((LoginOutcome.MfaPassed, RiskReasons.FailuresBefore | RiskReasons.RepeatedMfaFailures), (finished.Outcome, finished.Flagged));
    }

    [Fact]
    public async Task A_retired_token_is_told_wherever_it_is_presented_once_an_hour()
    {
        var tenant = await core.NewTenantAsync();
        var token = (await core.MakeTokenAsync(tenant)).Token;
        await core.Get<InvalidateApiToken>().HandleAsync(new InvalidateApiTokenRequest(token.Id, InvalidationReason.Compromised, null), tenant.Admin.Actor, Stop);

        for (var use = 0; use < 3; use++)
            await core.Get<ReportRetiredToken>().HandleAsync(token.Id, LoginSteps.From(TestPlaces.Japan), Stop);

        var row = await core.EvaluatedAsync(tenant.Id);
        Assert.Equal((LoginOutcome.RetiredToken, SignInChannel.Api, token.Id, RiskReasons.RetiredTokenUsed, RiskLevel.Medium), (row.Outcome, row.Way, row.TokenId, row.Flagged, row.Level));
        Assert.Single(await core.HistoryAsync(tenant.Id), each => each.Outcome == LoginOutcome.RetiredToken);
        core.Time.Advance(TimeSpan.FromMinutes(61));
        await core.Get<ReportRetiredToken>().HandleAsync(token.Id, LoginSteps.From(TestPlaces.Japan), Stop);
        Assert.Equal(2, (await core.HistoryAsync(tenant.Id)).Count(each => each.Outcome == LoginOutcome.RetiredToken));
    }

    [Fact]
    public async Task Servers_that_a_rotation_left_behind_are_no_spray_and_hide_none()
    {
        var tenant = await core.NewTenantAsync();
        var from = LoginSteps.From(TestPlaces.Japan);
        for (var server = 1; server <= 6; server++)
        {
            var token = (await core.MakeTokenAsync(tenant)).Token;
            await core.Get<InvalidateApiToken>().HandleAsync(new InvalidateApiTokenRequest(token.Id, InvalidationReason.Other, null), tenant.Admin.Actor, Stop);
            await core.Get<ReportRetiredToken>().HandleAsync(token.Id, from, Stop);
            Assert.Equal(RiskReasons.RetiredTokenUsed, (await core.EvaluatedAsync(tenant.Id)).Flagged);
        }

        for (var account = 1; account <= 4; account++)
            Assert.Equal(RiskReasons.None, (await core.FailAsync(tenant.Id, $"guess{account}@{Domain(tenant)}", from)).Flagged);
        var fifth = await core.FailAsync(tenant.Id, $"guess5@{Domain(tenant)}", from);
        Assert.Equal((RiskReasons.ManyAccountsFromOneIp, "5"), (fifth.Flagged, fifth.EvidenceOf(RiskReasons.ManyAccountsFromOneIp)));
    }

    [Fact]
    public async Task A_live_token_is_no_retired_one()
    {
        var tenant = await core.NewTenantAsync();
        var token = (await core.MakeTokenAsync(tenant)).Token;
        var before = (await core.HistoryAsync(tenant.Id)).Count;

        await core.Get<ReportRetiredToken>().HandleAsync(token.Id, TestTenants.Origin, Stop);

        Assert.Equal(before, (await core.HistoryAsync(tenant.Id)).Count);
    }

    [Fact]
    public async Task Locked_and_deactivated_accounts_cashier_checks_and_step_ups_are_judged_and_a_sign_out_is_not()
    {
        var tenant = await core.NewTenantAsync();
        for (var failure = 0; failure < 5; failure++)
            await core.FailAsync(tenant.Id, tenant.Reviewer.Email);
        Assert.Equal((LoginOutcome.Locked, RiskReasons.FailuresBefore), Facts(await core.FailAsync(tenant.Id, tenant.Reviewer.Email)));
        await core.ChangeAsync(tenant.Admin, member => member.DeactivatedAt = core.Time.GetUtcNow());
        Assert.Equal((LoginOutcome.Deactivated, RiskReasons.None), Facts(await core.FailAsync(tenant.Id, tenant.Admin.Email)));
        await core.MakeTokenAsync(tenant);
        await core.EvaluateAllAsync();
        var cashier = (await core.HistoryAsync(tenant.Id)).First(row => row.Way == SignInChannel.CashierCheck);
        Assert.Equal((LoginOutcome.Success, RiskLevel.Low), (cashier.Outcome, cashier.Level));

        await core.Get<SignOut>().HandleAsync(tenant.Developer.Actor, Stop);
        var left = await core.EvaluatedAsync(tenant.Id);
        Assert.Equal((LoginOutcome.SignedOut, RiskLevel.None, RiskReasons.None), (left.Outcome, left.Level, left.Undecided));
    }

    [Fact]
    public async Task An_unknown_account_belongs_to_the_tenant_that_alone_owns_its_domain_else_to_the_operator()
    {
        var (one, other) = (await core.NewTenantAsync(), await core.NewTenantAsync());
        await core.FailAsync(one.Id, $"nobody@{Domain(one)}");
        Assert.Equal(LoginOutcome.UnknownAccount, (await core.HistoryAsync(one.Id))[0].Outcome);

        await using (var db = core.Db.OpenForOperator())
            await db.Set<Tenant>().Where(tenant => tenant.Id == other.Id).ExecuteUpdateAsync(set => set.SetProperty(tenant => tenant.Domain, Domain(one)), Stop);
        await core.FailAsync(Tenant.Operator, $"shared@{Domain(one)}");

        Assert.Equal($"shared@{Domain(one)}", (await core.HistoryAsync(Tenant.Operator))[0].Account);
        Assert.DoesNotContain(await core.HistoryAsync(one.Id), row => row.Account.StartsWith("shared", StringComparison.Ordinal));
    }

    private static (LoginOutcome Outcome, RiskReasons Flagged) Facts(LoginRow row) => (row.Outcome, row.Flagged);

    private static string Domain(TestTenant tenant) => tenant.Admin.Email[(tenant.Admin.Email.IndexOf('@', StringComparison.Ordinal) + 1)..];

    public sealed class OnSqlite(SqliteCore core) : RiskAnalystTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : RiskAnalystTests(core), IClassFixture<PostgreSqlCore>;
}

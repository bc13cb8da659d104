using System.Net;
using FinConsole.Core.Common;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.LoginHistory.Listing;
using FinConsole.Core.Members;
using FinConsole.Core.Mfa;
using FinConsole.Core.Policies;
using FinConsole.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.LoginHistory;

/// <summary>
/// Each rule once more, by a real sequence of requests to the sign-in pages: forms, cookies, proxy headers and all. A retired token has
/// no page to come by; its sequence stands with the tokens.
/// </summary>
public sealed class SignInPageRiskTests(TimedWebConsole console) : IClassFixture<TimedWebConsole>
{
    [Fact]
    public async Task New_address_network_and_country()
    {
        var member = await SettledAsync(5);

        var row = await SignInAsync(member, TestPlaces.Brazil);

        Assert.Equal((RiskReasons.NewIp | RiskReasons.NewNetwork | RiskReasons.NewCountry, RiskLevel.Medium, "BR", TestPlaces.Brazil), (row.Flagged, row.Level, row.Country, row.Ip));
    }

    [Fact]
    public async Task New_device()
    {
        var member = await SettledAsync(5);

        var row = await SignInAsync(member, TestPlaces.Office, LoginSteps.Chrome);

        Assert.Equal((RiskReasons.NewDevice, "Chrome on Windows"), (row.Flagged, row.Device));
    }

    [Fact]
    public async Task Impossible_travel()
    {
        var member = await SettledAsync(5);
        await SignInAsync(member, TestPlaces.Brazil);
        console.Time.Advance(TimeSpan.FromMinutes(90));

        var row = await SignInAsync(member, TestPlaces.Japan);

        Assert.Equal("BR,JP,90", row.EvidenceOf(RiskReasons.ImpossibleTravel));
    }

    [Fact]
    public async Task Unusual_hour()
    {
        var member = await SettledAsync(20);
        GoTo(3);

        Assert.Equal(RiskReasons.UnusualHour, (await SignInAsync(member, TestPlaces.Office)).Flagged);
    }

    [Fact]
    public async Task Several_failures_before()
    {
        var member = await SettledAsync(5);
        for (var failure = 0; failure < 4; failure++)
            await SignInAsync(member, TestPlaces.Office, password: "not this one");

        Assert.Equal("4", (await SignInAsync(member, TestPlaces.Office)).EvidenceOf(RiskReasons.FailuresBefore));
    }

    [Fact]
    public async Task Many_accounts_from_one_address()
    {
        var member = await SettledAsync(1);
        const string From = "203.0.113.77";
        for (var account = 0; account < 6; account++)
            await PostAsync($"guess{account}-{member.Id:N}@acme.example", From, null, "not this one");

        Assert.Equal("6", (await SignInAsync(member, From)).EvidenceOf(RiskReasons.ManyAccountsFromOneIp));
    }

    [Fact]
    public async Task Repeated_second_factor_failures()
    {
        var member = await SettledAsync(5);
        var actor = new Actor(ActorKind.System, member.Tenant, member.Id, member.Email, null, RequestOrigin.None);
        var secret = (await console.Services.GetRequiredService<BeginMfaEnrolment>().HandleAsync(actor, Stop)).Value!;
        Secret Code() => new(Totp.Code(secret.Bytes, Totp.StepOf(console.Time.GetUtcNow())));
        Assert.True((await console.Services.GetRequiredService<ConfirmMfaEnrolment>().HandleAsync(Code(), actor, Stop)).Succeeded);
        console.Time.Advance(Totp.Period);

        using var browser = console.BrowserAt(TestPlaces.Office);
        Assert.Equal(HttpStatusCode.SeeOther, (await WebConsole.PostAsync(browser, "/account/login", ("Form.Email", member.Email), ("Form.Password", WebConsole.Password))).StatusCode);
        for (var failure = 0; failure < 3; failure++)
            await WebConsole.PostAsync(browser, "/account/login/mfa", ("Form.Code", "no code"));
        Assert.True((await console.NewestAsync(member.Tenant, member.Email)).Flagged.HasFlag(RiskReasons.RepeatedMfaFailures));
        await WebConsole.PostAsync(browser, "/account/login/mfa", ("Form.Code", Code().Reveal()));

        var rows = await console.Services.GetRequiredService<ListLoginAttempts>().HandleAsync(new LoginFilter(member.Email, LoginOutcome.MfaPassed), actor, Stop);
        await console.NewestAsync(member.Tenant, member.Email);
        Assert.Single(rows.Value!.Rows);
        rows = await console.Services.GetRequiredService<ListLoginAttempts>().HandleAsync(new LoginFilter(member.Email, LoginOutcome.MfaPassed), actor, Stop);
        Assert.Equal("3", rows.Value!.Rows[0].EvidenceOf(RiskReasons.RepeatedMfaFailures));
    }

    [Fact]
    public async Task A_proxy_s_word_about_the_address_is_kept_and_an_ordinary_morning_has_nothing_against_it()
    {
        var member = await SettledAsync(5);

        var row = await SignInAsync(member, TestPlaces.Office);

        Assert.Equal((TestPlaces.Office, "DE", RiskReasons.None, RiskReasons.UnusualHour), (row.Ip, row.Country, row.Flagged, row.Undecided));
    }

    private async Task<(Guid Tenant, Guid Id, string Email)> SettledAsync(int mornings)
    {
        var member = await console.NewMemberAsync();
        for (var morning = 0; morning < mornings; morning++)
        {
            GoTo(9);
            await SignInAsync(member, TestPlaces.Office);
        }

        return member;
    }

    private async Task<LoginRow> SignInAsync((Guid Tenant, Guid Id, string Email) member, string ip, string? userAgent = null, string password = WebConsole.Password)
    {
        await PostAsync(member.Email, ip, userAgent, password);
        return await console.NewestAsync(member.Tenant, member.Email);
    }

    private async Task PostAsync(string email, string ip, string? userAgent, string password)
    {
        using var browser = console.BrowserAt(ip, userAgent);
        var answer = await WebConsole.PostAsync(browser, "/account/login", ("Form.Email", email), ("Form.Password", password));
        Assert.Equal(password == WebConsole.Password ? HttpStatusCode.SeeOther : HttpStatusCode.OK, answer.StatusCode);
    }

    private void GoTo(int hour)
    {
        var now = console.Time.GetUtcNow();
        console.Time.Advance(new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddDays(1).AddHours(hour) - now);
    }
}

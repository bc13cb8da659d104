using System.Net;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.Mfa;
using FinConsole.Core.Onboarding;
using FinConsole.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.Account;

/// <summary>The second question of signing in, as HTTP carries it.</summary>
public sealed class SecondFactorPageTests(WebConsole console) : IClassFixture<WebConsole>
{
    private const string Password = "seven lanterns over the harbour";

    [Fact]
    public async Task Between_password_and_code_a_browser_holds_a_challenge_and_no_session()
    {
        var (email, _, _) = await NewMemberAsync();
        using var browser = console.Browser();

        var answer = await SignInAsync(browser, email, "/account/login?returnUrl=%2Fsecurity%2Faudit");

        Assert.Equal((HttpStatusCode.SeeOther, "/account/login/mfa?returnUrl=%2Fsecurity%2Faudit"), (answer.StatusCode, answer.Headers.Location!.OriginalString));
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("__Host-finconsole-challenge=", cookie, StringComparison.Ordinal);
        Assert.EndsWith("; max-age=300; path=/; secure; samesite=lax; httponly", cookie, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/account/session", Stop)).StatusCode);
    }

    [Fact]
    public async Task The_code_turns_the_challenge_into_a_session_and_leads_to_a_local_page_alone()
    {
        foreach (var (asked, led) in new[] { ("/account/sessions", "/account/sessions"), ("https://evil.example/", "/"), ("//evil.example", "/") })
        {
            var (email, _, codes) = await NewMemberAsync();
            using var browser = console.Browser();
            await SignInAsync(browser, email);

            var answer = await WebConsole.PostAsync(browser, "/account/login/recovery?returnUrl=" + Uri.EscapeDataString(asked), ("Form.Code", codes[0].Reveal()));

            Assert.Equal((HttpStatusCode.SeeOther, led), (answer.StatusCode, answer.Headers.Location!.OriginalString));
            Assert.Contains(answer.Headers.GetValues("Set-Cookie"), each => each.StartsWith("__Host-finconsole-challenge=;", StringComparison.Ordinal));
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account/session", Stop)).StatusCode);
        }
    }

    [Fact]
    public async Task A_wrong_code_is_not_shown_back_and_a_challenge_that_is_over_leads_to_the_beginning()
    {
        var (email, _, codes) = await NewMemberAsync();
        using var browser = console.Browser();
        await SignInAsync(browser, email);
        var wrong = await WebConsole.PostAsync(browser, "/account/login/mfa", ("Form.Code", "<b>982451</b>"));
        Assert.Equal(HttpStatusCode.OK, wrong.StatusCode);
        Assert.DoesNotContain("982451", await wrong.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        await WebConsole.PostAsync(browser, "/account/login/recovery", ("Form.Code", codes[0].Reveal()));

        var over = await browser.GetAsync("/account/login/mfa?returnUrl=%2Fteam", Stop);

        Assert.Equal("/account/login?over=1&returnUrl=%2Fteam", over.Headers.Location!.OriginalString);
    }

    private static Task<HttpResponseMessage> SignInAsync(HttpClient browser, string email, string page = "/account/login") =>
        WebConsole.PostAsync(browser, page, ("Form.Email", email), ("Form.Password", Password));

    // A tenant of its own, whose admin has a second factor.
    private async Task<(string Email, TotpSecret Secret, IReadOnlyList<Secret> Codes)> NewMemberAsync()
    {
        var name = $"Tenant {Guid.NewGuid():N}"[..20];
        var email = $"{Guid.NewGuid():N}@second.example";
        var services = console.Services;
        var made = (await services.GetRequiredService<OnboardTenant>().HandleAsync(new OnboardTenantRequest(name, null, "Ben Brook", email, new Secret(Password)), RequestOrigin.None, Stop)).Value!;
        // The program itself acts for them: what is tested here is how they come back.
        var actor = new Actor(ActorKind.System, made.TenantId, made.AdminId, email, null, RequestOrigin.None);
        var secret = (await services.GetRequiredService<BeginMfaEnrolment>().HandleAsync(actor, Stop)).Value!;
        var code = new Secret(Totp.Code(secret.Bytes, Totp.StepOf(services.GetRequiredService<TimeProvider>().GetUtcNow())));
        var codes = (await services.GetRequiredService<ConfirmMfaEnrolment>().HandleAsync(code, actor, Stop)).Value!;
        return (email, secret, codes);
    }
}

using FinConsole.Core.Common;
using FinConsole.Core.SignIn;
using FinConsole.Core.SignIn.SecondFactor;
using FinConsole.Web.Hosting;
using FinConsole.Web.Hosting.Authentication;
using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.Account;

/// <summary>The second step of signing in: a code from the authenticator app, or one of the recovery codes on the page beside it.</summary>
public partial class SecondFactorPage(SignInChallenges challenges, SignInWithSecondFactor signIn)
{
    private string? _error;

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "second-factor")] private CodeForm Form { get; set; } = null!;

    [SupplyParameterFromQuery] private string? ReturnUrl { get; set; }

    private bool Recovers => Http.Request.Path.Equals(ConsoleUrls.LoginRecovery, StringComparison.OrdinalIgnoreCase);

    protected override async Task OnInitializedAsync()
    {
        Form ??= new CodeForm();
        if (HeadRequests.IsRead(Http.Request) && await challenges.FindAsync(ChallengeCookie.Read(Http), Http.RequestAborted) is null)
            StartOver();
    }

    private async Task SubmitAsync()
    {
        var accepted = Recovers ? SecondFactors.RecoveryCode : SecondFactors.AuthenticatorApp;
        var code = new Secret(Form.Code ?? "");
        var signedIn = await signIn.HandleAsync(ChallengeCookie.Read(Http), code, accepted, RequestOrigins.Of(Http), Http.RequestAborted);
        if (signedIn.Succeeded)
        {
            ChallengeCookie.Delete(Http);
            await SignInLanding.LandAsync(Http, signedIn.Value, ReturnUrl);
        }
        else if (signedIn.Error == SignInErrors.ChallengeOver)
        {
            StartOver();
        }
        else
        {
            _error = signedIn.Error.Message;
            Http.TellLimit(signedIn.Error);
        }
    }

    // Nothing waits for a code: it took too long, or the password changed meanwhile.
    private void StartOver()
    {
        ChallengeCookie.Delete(Http);
        Http.SeeOther(WithReturn(ConsoleUrls.Login + "?over=1"));
    }

    private string WithReturn(string url) =>
        ReturnUrl is null ? url : $"{url}{(url.Contains('?', StringComparison.Ordinal) ? '&' : '?')}returnUrl={Uri.EscapeDataString(ReturnUrl)}";

    private sealed class CodeForm
    {
        public string? Code { get; set; }
    }
}

using FinConsole.Core.Common;
using FinConsole.Core.SignIn;
using FinConsole.Web.Hosting.Authentication;
using FinConsole.Web.Hosting;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace FinConsole.Web.Account;

/// <summary>Signs in. Static, since a circuit cannot set a cookie.</summary>
public partial class LoginPage(SignInWithPassword signIn)
{
    private string? _error;

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "sign-in")] private LoginForm Form { get; set; } = null!;

    [SupplyParameterFromQuery] private string? ReturnUrl { get; set; }

    [SupplyParameterFromQuery] private string? Ended { get; set; }

    [SupplyParameterFromQuery] private string? Over { get; set; }

    [SupplyParameterFromQuery] private string? Reset { get; set; }

    [SupplyParameterFromQuery] private string? SignedOut { get; set; }

    /// <summary>An account was made just now: by an invitation, or with the console itself.</summary>
    [SupplyParameterFromQuery] private string? Ready { get; set; }

    private (string? Text, Severity Severity) Told => this switch
    {
        _ when HttpMethods.IsPost(Http.Request.Method) => default,
        { Ended: "1" } => (AccountTexts.SessionEnded, Severity.Info),
        { Over: "1" } => (AccountTexts.ChallengeOver, Severity.Info),
        { Reset: "1" } => (AccountTexts.PasswordWasReset, Severity.Success),
        { SignedOut: "1" } => (AccountTexts.SignedOut, Severity.Success),
        { Ready: "joined" } => (AccountTexts.Joined, Severity.Success),
        { Ready: "setup" } => (AccountTexts.SetUpDone, Severity.Success),
        _ => default,
    };

    protected override void OnInitialized()
    {
        Form ??= new LoginForm();
        if (HeadRequests.IsRead(Http.Request) && Http.User.FindRole() is { } role)
            Http.SeeOther(SignInLanding.For(role, ReturnUrl));
    }

    private async Task SubmitAsync()
    {
        var signedIn = await signIn.HandleAsync(Form.Email ?? "", new Secret(Form.Password ?? ""), RequestOrigins.Of(Http), Http.RequestAborted);
        if (!signedIn.Succeeded)
        {
            _error = signedIn.Error.Message;
            Http.TellLimit(signedIn.Error);
            return;
        }

        if (signedIn.Value.Session is { } session)
            await SignInLanding.LandAsync(Http, session, ReturnUrl);
        else if (signedIn.Value.Challenge is { } challenge)
            AskForSecondFactor(challenge);
    }

    private void AskForSecondFactor(Secret challenge)
    {
        ChallengeCookie.Write(Http, challenge);
        Http.SeeOther(ReturnUrl is null ? ConsoleUrls.LoginMfa : $"{ConsoleUrls.LoginMfa}?returnUrl={Uri.EscapeDataString(ReturnUrl)}");
    }

    private sealed class LoginForm
    {
        public string? Email { get; set; }

        public string? Password { get; set; }
    }
}

using FinConsole.Core.Members;
using FinConsole.Core.SignIn;
using FinConsole.Core.SignIn.Passwords;
using FinConsole.Web.Hosting;
using FinConsole.Web.Hosting.Authentication;
using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.Account;

/// <summary>Asks for a reset link. The answer is the same, and as quick, whether there is such an account or not.</summary>
public partial class ForgotPasswordPage(ResetRequests requests, SignInLimiter limiter)
{
    private bool _sent;
    private string? _error;

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "forgot-password")] private ForgotForm Form { get; set; } = null!;

    protected override void OnInitialized() => Form ??= new ForgotForm();

    private void Submit()
    {
        var origin = RequestOrigins.Of(Http);
        if (limiter.TryTake(origin.Ip) is { } wait)
        {
            var refusal = SignInErrors.TooManyTries(wait);
            _error = refusal.Message;
            Http.TellLimit(refusal);
            return;
        }

        requests.Enqueue(Form.Email ?? "", origin);
        ResetAddressCookie.Write(Http, Emails.Canonical(Form.Email ?? ""));
        _sent = true;
    }

    private sealed class ForgotForm
    {
        public string? Email { get; set; }
    }
}

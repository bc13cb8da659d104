using FinConsole.Core.Common;
using FinConsole.Core.SignIn;
using FinConsole.Core.Team;
using FinConsole.Web.Hosting;
using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.Account;

/// <summary>
/// Accepts an invitation. Opening the link alone changes nothing, since mail scanners open links too. A link that no longer works
/// says so before anybody thinks up a password.
/// </summary>
public partial class AcceptInvitationPage(AcceptInvitation accept)
{
    private FoundInvitation? _offer;
    private IReadOnlyDictionary<string, string>? _errors;
    private string? _error;

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "accept-invitation")] private AcceptForm Form { get; set; } = null!;

    [SupplyParameterFromQuery] private string? Token { get; set; }

    [SupplyParameterFromQuery] private string? Done { get; set; }

    private Secret Link => new(Token ?? "");

    protected override async Task OnInitializedAsync()
    {
        Form ??= new AcceptForm();
        if (Done is null)
            _offer = await accept.FindAsync(Link, Http.RequestAborted);
    }

    private string? ErrorOf(string field) => _errors?.GetValueOrDefault(field);

    private async Task SubmitAsync()
    {
        var request = new AcceptInvitationRequest(Link, Form.Name ?? "", new Secret(Form.Password ?? ""));
        var accepted = await accept.HandleAsync(request, RequestOrigins.Of(Http), Http.RequestAborted);
        if (accepted.Succeeded)
        {
            // Somebody else may be signed in here: their session is not the new member's to end.
            Http.SeeOther(Http.User.Identity?.IsAuthenticated == true ? ConsoleUrls.AcceptInvitation + "?done=1" : ConsoleUrls.Login + "?ready=joined");
            return;
        }

        Http.TellLimit(accepted.Error);
        _errors = accepted.Error.Fields;
        _error = _errors.Count == 0 ? accepted.Error.Message : null;
        if (accepted.Error == SignInErrors.LinkUsedUp)
            _offer = null;
    }

    private sealed class AcceptForm
    {
        public string? Name { get; set; }

        public string? Password { get; set; }
    }
}

using FinConsole.Core.Common;
using FinConsole.Core.Onboarding;
using FinConsole.Core.SignIn;
using FinConsole.Web.Hosting;
using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.Account;

/// <summary>Sets up an empty installation with the link that the program printed. Without a link there is nothing here, whether the console is set up or not; a dead one is told as such.</summary>
public partial class SetupPage(SetUpConsole setUp)
{
    private IReadOnlyDictionary<string, string>? _errors;
    private string? _error;
    private bool _usable;

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "set-up")] private SetupForm Form { get; set; } = null!;

    [SupplyParameterFromQuery] private string? Token { get; set; }

    private Secret Link => new(Token ?? "");

    protected override async Task OnInitializedAsync()
    {
        Form ??= new SetupForm();
        _usable = await setUp.IsUsableAsync(Link, Http.RequestAborted);
        if (Token is null)
            Http.Response.StatusCode = StatusCodes.Status404NotFound;
    }

    private string? ErrorOf(string field) => _errors?.GetValueOrDefault(field);

    private async Task SubmitAsync()
    {
        var request = new OnboardTenantRequest(Form.Tenant ?? "", Domain: null, Form.Name ?? "", Form.Email ?? "", new Secret(Form.Password ?? ""));
        var made = await setUp.HandleAsync(Link, request, RequestOrigins.Of(Http), Http.RequestAborted);
        if (made.Succeeded)
        {
            Http.SeeOther(ConsoleUrls.Login + "?ready=setup");
            return;
        }

        Http.TellLimit(made.Error);
        _errors = made.Error.Fields;
        _error = _errors.Count == 0 ? made.Error.Message : null;
        if (made.Error == SignInErrors.LinkUsedUp)
            _usable = false;
    }

    private sealed class SetupForm
    {
        public string? Tenant { get; set; }

        public string? Name { get; set; }

        public string? Email { get; set; }

        public string? Password { get; set; }
    }
}

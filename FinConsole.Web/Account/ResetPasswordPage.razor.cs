using FinConsole.Core.Common;
using FinConsole.Core.SignIn;
using FinConsole.Core.SignIn.Passwords;
using FinConsole.Web.Hosting;
using FinConsole.Web.Hosting.Authentication;
using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.Account;

/// <summary>Chooses a new password with an emailed link. A link that no longer works says so before anybody thinks up a password.</summary>
public partial class ResetPasswordPage(ResetPassword reset)
{
    private bool _usable;
    private string? _address;
    private string? _error;
    private string? _weak;

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "reset-password")] private ResetForm Form { get; set; } = null!;

    [SupplyParameterFromQuery] private string? Token { get; set; }

    private Secret Link => new(Token ?? "");

    protected override async Task OnInitializedAsync()
    {
        Form ??= new ResetForm();
        // A posted form must be there to be handled; whether its link has died meanwhile, the handling says.
        _usable = HttpMethods.IsPost(Http.Request.Method) || await reset.IsUsableAsync(Link, Http.RequestAborted);
        if (ResetAddressCookie.Read(Http) is { } typed && await reset.IsForAsync(Link, typed, Http.RequestAborted))
            _address = typed;
    }

    private async Task SubmitAsync()
    {
        var done = await reset.HandleAsync(Link, new Secret(Form.Password ?? ""), RequestOrigins.Of(Http), Http.RequestAborted);
        if (done.Succeeded)
        {
            ResetAddressCookie.Delete(Http);
            Http.SeeOther(ConsoleUrls.Login + "?reset=1");
            return;
        }

        Http.TellLimit(done.Error);
        if (done.Error.Kind == ErrorKind.Invalid)
            _weak = done.Error.Message;
        else
            _error = done.Error.Message;
        _usable = done.Error != SignInErrors.LinkUsedUp;
    }

    private sealed class ResetForm
    {
        public string? Password { get; set; }
    }
}

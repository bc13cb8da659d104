using FinConsole.Core.Common;
using FinConsole.Core.Profile;
using FinConsole.Web.Hosting;
using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.Account;

/// <summary>Confirms a new address. Opening the link alone changes nothing, since mail scanners open links too.</summary>
public partial class ConfirmEmailPage(ConfirmEmailChange confirm)
{
    private string? _newEmail;
    private string? _error;
    private bool _asks;

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery] private string? Token { get; set; }

    [SupplyParameterFromQuery] private string? Done { get; set; }

    private Secret Link => new(Token ?? "");

    protected override async Task OnInitializedAsync()
    {
        _newEmail = await confirm.FindNewEmailAsync(Link, Http.RequestAborted);
        // A posted form must be there to be handled; whether its link has died meanwhile, the handling says.
        _asks = _newEmail is not null || HttpMethods.IsPost(Http.Request.Method);
    }

    private async Task SubmitAsync()
    {
        var confirmed = await confirm.HandleAsync(Link, RequestOrigins.Of(Http), Http.RequestAborted);
        if (confirmed.Succeeded)
            Http.SeeOther(ConsoleUrls.ConfirmEmail + "?done=1");
        else
            (_asks, _error) = (false, confirmed.Error.Message);
    }
}

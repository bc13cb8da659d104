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
    private bool _done;

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery] private string? Token { get; set; }

    private Secret Link => new(Token ?? "");

    protected override async Task OnInitializedAsync() => _newEmail = await confirm.FindNewEmailAsync(Link, Http.RequestAborted);

    private async Task SubmitAsync()
    {
        var confirmed = await confirm.HandleAsync(Link, RequestOrigins.Of(Http), Http.RequestAborted);
        _done = confirmed.Succeeded;
        _error = confirmed.Error?.Message;
    }
}

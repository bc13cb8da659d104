using FinConsole.Core.Common;
using FinConsole.Core.Profile;
using FinConsole.Web.Hosting;
using FinConsole.Web.SignIn;
using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.Profile;

/// <summary>Asks to sign in with another address: the password now, and a link emailed to the new address.</summary>
public sealed partial class EmailCard(RequestEmailChange request, StepUp stepUp, CurrentActor current)
{
    private IReadOnlyDictionary<string, string>? _errors;
    private string? _failure;
    private string? _sentTo;
    private string _email = "";
    private Secret _password = new("");
    private bool _running;
    private int _round;

    [Parameter, EditorRequired]
    public string Email { get; set; } = "";

    private string? Error(string field) => _errors?.GetValueOrDefault(field);

    // A second press that was on its way when the form was done with belongs to no form any more.
    private async Task SubmitAsync(int round)
    {
        if (_running || round != _round)
            return;
        _running = true;
        try
        {
            var asked = await stepUp.RunAsync(async () => await request.HandleAsync(_email, _password, await current.GetAsync(), CancellationToken.None));
            _errors = asked.Error?.Fields;
            _failure = asked.Error is { Fields.Count: 0 } error ? error.Message : null;
            if (!asked.Succeeded)
                return;

            // A new form: what was typed is gone from the page, too.
            (_sentTo, _email, _password, _round) = (_email.Trim(), "", new Secret(""), _round + 1);
        }
        finally
        {
            _running = false;
        }
    }
}

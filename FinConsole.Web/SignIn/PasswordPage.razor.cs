using System.Security.Claims;
using FinConsole.Core.Common;
using FinConsole.Core.SignIn.Passwords;
using FinConsole.Web.Hosting;
using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.SignIn;

/// <summary>Changes one's own password. What is typed is never rendered back: the fields are read, not bound.</summary>
public sealed partial class PasswordPage(ChangePassword change, StepUp stepUp, CurrentActor current)
{
    private IReadOnlyDictionary<string, string>? _errors;
    private PasswordOwner? _owner;
    private PasswordStrength? _strength;
    private Secret _currentPassword = new("");
    private Secret _newPassword = new("");
    private string? _failure;
    private bool _changed;
    private bool _running;
    private int _round;
    private string? _email;

    protected override void Prepare(ClaimsPrincipal user) => _email = user.FindFirst(ConsoleClaims.Email)?.Value;

    protected override async Task OnInitializedAsync() => _owner = await change.FindOwnerAsync(await current.GetAsync(), CancellationToken.None);

    private string? Error(string field) => _errors?.GetValueOrDefault(field);

    private void TypeCurrent(ChangeEventArgs typed) => _currentPassword = new Secret(typed.Value as string ?? "");

    private void TypeNew(ChangeEventArgs typed)
    {
        _newPassword = new Secret(typed.Value as string ?? "");
        _strength = _newPassword.IsEmpty || _owner is null ? null : PasswordRules.Evaluate(_newPassword, _owner);
    }

    // A second press that was on its way when the form was done with belongs to no form any more.
    private async Task SubmitAsync(int round)
    {
        if (_running || round != _round)
            return;
        _running = true;
        try
        {
            var done = await stepUp.RunAsync(async () => await change.HandleAsync(_currentPassword, _newPassword, await current.GetAsync(), CancellationToken.None));
            _errors = done.Error?.Fields;
            _failure = done.Error is { Fields.Count: 0 } error ? error.Message : null;
            _changed = done.Succeeded;
            if (done.Succeeded)
                (_currentPassword, _newPassword, _strength, _round) = (new Secret(""), new Secret(""), null, _round + 1);
        }
        finally
        {
            _running = false;
        }
    }
}

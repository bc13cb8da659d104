using FinConsole.Core.Common;
using FinConsole.Core.SignIn.StepUp;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;

namespace FinConsole.Web.SignIn;

/// <summary>
/// Asks for password and, where there is one, second factor. What was typed wrong is forgotten at once. Whoever goes back in the
/// browser has given up: the page that asked is gone, and nothing of it may happen any more.
/// </summary>
public sealed partial class StepUpDialog(ConfirmIdentity confirm, StepUp stepUp, CurrentActor current, IJSRuntime js, NavigationManager navigation) : IDisposable
{
    private ConfirmationForm? _form;
    private TaskCompletionSource<bool>? _asked;
    private IReadOnlyDictionary<string, string>? _errors;
    private string? _failure;
    private string _password = "";
    private string _code = "";
    private bool _running;

    public void Dispose()
    {
        navigation.LocationChanged -= OnMoved;
        stepUp.AskWith(null);
        _asked?.TrySetResult(false);
    }

    protected override void OnInitialized()
    {
        stepUp.AskWith(AskAsync);
        navigation.LocationChanged += OnMoved;
    }

    private void OnMoved(object? sender, LocationChangedEventArgs moved)
    {
        if (_form is not null)
            _ = InvokeAsync(GiveUp);
    }

    private string? Error(string field) => _errors?.GetValueOrDefault(field);

    private async Task<bool> AskAsync()
    {
        var form = await confirm.AskAsync(await current.GetAsync(), CancellationToken.None);
        if (!form.Succeeded)
            return false;

        // Asked twice at once, for example by a double press: both wait for the one answer.
        _asked ??= new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        (_form, _errors, _failure, _password, _code) = (form.Value, null, null, "", "");
        StateHasChanged();
        return await _asked.Task;
    }

    private void GiveUp() => Answer(false);

    private async Task SubmitAsync()
    {
        if (_running || _form is null)
            return;
        _running = true;
        try
        {
            var confirmed = await confirm.HandleAsync(new Secret(_password), new Secret(_code), await current.GetAsync(), CancellationToken.None);
            if (confirmed.Succeeded)
            {
                Answer(true);
                return;
            }

            (_errors, _failure) = (confirmed.Error.Fields, confirmed.Error.Fields.Count == 0 ? confirmed.Error.Message : null);
            (_password, _code) = (Error("Password") is null ? _password : "", "");
            StateHasChanged();
            await js.FocusFirstInvalidAsync();
        }
        finally
        {
            _running = false;
        }
    }

    private void Answer(bool confirmed)
    {
        var asked = _asked;
        (_form, _asked, _password, _code) = (null, null, "", "");
        StateHasChanged();
        asked?.TrySetResult(confirmed);
    }
}

using FinConsole.Core.Common;
using FinConsole.Core.SignIn.StepUp;
using FinConsole.Web.Components.Dialogs;
using FinConsole.Web.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using MudBlazor;

namespace FinConsole.Web.SignIn;

/// <summary>
/// Asks for password and, where there is one, second factor. What was typed wrong is forgotten at once. Whoever goes elsewhere in the
/// console, if only to another address of the page, has given up: the page that asked may be gone, and nothing of it may happen any more.
/// </summary>
public sealed partial class StepUpDialog(ConfirmIdentity confirm, CurrentActor current, NavigationManager navigation) : IDisposable
{
    private IReadOnlyDictionary<string, string>? _errors;
    private string? _failure;
    private string _password = "";
    private string _code = "";

    [CascadingParameter]
    public IMudDialogInstance Instance { get; set; } = default!;

    [Parameter, EditorRequired]
    public ConfirmationForm Form { get; set; } = default!;

    public void Dispose() => navigation.LocationChanged -= OnMoved;

    protected override void OnInitialized() => navigation.LocationChanged += OnMoved;

    private void OnMoved(object? sender, LocationChangedEventArgs moved) => _ = InvokeAsync(Instance.Cancel);

    private string? Error(string field) => _errors?.GetValueOrDefault(field);

    private async Task SubmitAsync()
    {
        var confirmed = await confirm.HandleAsync(new Secret(_password), new Secret(_code), await current.GetAsync(), CancellationToken.None);
        (_errors, _failure) = FormErrors.Of(confirmed);
        (_password, _code) = (!confirmed.Succeeded && Error("Password") is null ? _password : "", "");
        if (confirmed.Succeeded)
            Instance.Close();
    }
}

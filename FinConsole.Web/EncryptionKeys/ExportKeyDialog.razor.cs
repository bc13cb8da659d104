using FinConsole.Core.Common;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Core.SignIn.Passwords;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;
using FinConsole.Web.SignIn;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;

namespace FinConsole.Web.EncryptionKeys;

/// <summary>
/// Hands the private key to the browser as a file, encrypted under a passphrase. Neither is ever rendered: the field is read, not
/// bound, and the file goes from the circuit straight into a download.
/// </summary>
public sealed partial class ExportKeyDialog(ExportPrivateKey export, CurrentActor current, StepUp stepUp, IJSRuntime js)
{
    private PasswordOwner? _owner;
    private PasswordStrength? _strength;
    private Secret _passphrase = new("");
    private string? _error;
    private string? _failure;

    [CascadingParameter]
    public IMudDialogInstance Instance { get; set; } = default!;

    protected override async Task OnInitializedAsync() => _owner = await export.FindOwnerAsync(await current.GetAsync(), CancellationToken.None);

    private void Type(ChangeEventArgs typed)
    {
        _passphrase = new Secret(typed.Value as string ?? "");
        _strength = _passphrase.IsEmpty || _owner is null ? null : PasswordRules.Evaluate(_passphrase, _owner);
    }

    private async Task SubmitAsync()
    {
        var result = await stepUp.RunAsync(async () => await export.HandleAsync(_passphrase, await current.GetAsync(), CancellationToken.None));
        if (result.Succeeded)
        {
            if (await js.TryInvokeVoidAsync("fc.save", KeyLabels.FileName(result.Value.KeyId, "private-key", "pem"), result.Value.Pem.Reveal()))
                Instance.Close(true);
            else
                _failure = EncryptionKeysTexts.ExportLost;
            return;
        }

        _error = result.Error.Fields.Values.FirstOrDefault();
        _failure = _error is null ? result.Error.Message : null;
    }
}

using System.Globalization;
using FinConsole.Core.Common;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;
using FinConsole.Web.SignIn;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace FinConsole.Web.EncryptionKeys;

/// <summary>Rotates the keys, after saying what will break. It is about the key that it was opened for, whatever another browser does meanwhile.</summary>
public sealed partial class RotateKeysDialog(RotateEncryptionKey rotate, CurrentActor current, StepUp stepUp, IJSRuntime js, TimeProvider time)
{
    private EncryptionKeyView _key = default!;
    private RotationReason _reason;
    private string? _comment;
    private int _hours;
    private IReadOnlyDictionary<string, string>? _errors;
    private string? _failure;
    private bool _running;
    private bool _wasOpen;

    [Parameter, EditorRequired]
    public bool Open { get; set; }

    [Parameter, EditorRequired]
    public EncryptionKeyView Key { get; set; } = default!;

    [Parameter]
    public EventCallback OnClose { get; set; }

    /// <summary>With the new key's id.</summary>
    [Parameter]
    public EventCallback<Guid> OnDone { get; set; }

    [CascadingParameter]
    public UserClock Clock { get; set; } = default!;

    private bool IsCompromised => _reason == RotationReason.Compromised;

    private int Hours => IsCompromised ? 0 : _hours;

    private string Warning => Hours == 0
        ? EncryptionKeysTexts.RotateWarning
        : Texts.Format(EncryptionKeysTexts.RotateWarningWindow, Clock.Minute(time.GetUtcNow().AddHours(Hours)));

    private string Uses => _key.LastUsedAt is { } used
        ? Texts.Format(EncryptionKeysTexts.RotateBreaksUsed, Fields(_key.UseCount), Clock.Relative(used))
        : EncryptionKeysTexts.RotateBreaksNever;

    protected override void OnParametersSet()
    {
        if (Open && !_wasOpen)
            (_key, _reason, _comment, _hours, _errors, _failure) = (Key, RotationReason.Scheduled, null, 0, null, null);
        _key ??= Key;
        _wasOpen = Open;
    }

    private static string Fields(long count) =>
        count == 1 ? EncryptionKeysTexts.RotateFieldOne : Texts.Format(EncryptionKeysTexts.RotateFieldMany, count.ToString("N0", CultureInfo.InvariantCulture));

    private string? Error(string field) => _errors?.GetValueOrDefault(field);

    private async Task SubmitAsync()
    {
        if (_running || !Open)
            return;
        _running = true;
        try
        {
            var request = new RotateEncryptionKeyRequest(_key.KeyId, _reason, _comment, Hours);
            var result = await stepUp.RunAsync(async () => await rotate.HandleAsync(request, await current.GetAsync(), CancellationToken.None));
            if (result.Succeeded)
            {
                await OnDone.InvokeAsync(result.Value);
                return;
            }

            _errors = result.Error.Fields;
            _failure = result.Error.Fields.Count == 0 ? result.Error.Message : null;
            StateHasChanged();
            await js.FocusFirstInvalidAsync();
        }
        finally
        {
            _running = false;
        }
    }
}

using System.Globalization;
using FinConsole.Core.Common;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Web.Components.Dialogs;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;
using FinConsole.Web.SignIn;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace FinConsole.Web.EncryptionKeys;

/// <summary>
/// Rotates the keys, after saying what will break. It is about the key that it was opened for, whatever another browser does meanwhile.
/// Closes with the new key's id.
/// </summary>
public sealed partial class RotateKeysDialog(RotateEncryptionKey rotate, CurrentActor current, StepUp stepUp, TimeProvider time)
{
    private RotationReason _reason = RotationReason.Scheduled;
    private string? _comment;
    private int _hours;
    private IReadOnlyDictionary<string, string>? _errors;
    private string? _failure;

    [CascadingParameter]
    public IMudDialogInstance Instance { get; set; } = default!;

    [Parameter, EditorRequired]
    public EncryptionKeyView Key { get; set; } = default!;

    [CascadingParameter]
    public UserClock Clock { get; set; } = default!;

    private bool IsCompromised => _reason == RotationReason.Compromised;

    private int Hours
    {
        get => IsCompromised ? 0 : _hours;
        set => _hours = value;
    }

    private string Warning => Hours == 0
        ? EncryptionKeysTexts.RotateWarning
        : Texts.Format(EncryptionKeysTexts.RotateWarningWindow, Clock.Minute(time.GetUtcNow().AddHours(Hours)));

    private string Uses => Key.LastUsedAt is { } used
        ? Texts.Format(EncryptionKeysTexts.RotateBreaksUsed, Fields(Key.UseCount), Clock.Relative(used))
        : EncryptionKeysTexts.RotateBreaksNever;

    private static string Fields(long count) =>
        count == 1 ? EncryptionKeysTexts.RotateFieldOne : Texts.Format(EncryptionKeysTexts.RotateFieldMany, count.ToString("N0", CultureInfo.InvariantCulture));

    private string? Error(string field) => _errors?.GetValueOrDefault(field);

    private async Task SubmitAsync()
    {
        var request = new RotateEncryptionKeyRequest(Key.KeyId, _reason, _comment, Hours);
        var result = await stepUp.RunAsync(async () => await rotate.HandleAsync(request, await current.GetAsync(), CancellationToken.None));
        (_errors, _failure) = FormErrors.Of(result);
        if (result.Succeeded)
            Instance.Close(result.Value);
    }
}

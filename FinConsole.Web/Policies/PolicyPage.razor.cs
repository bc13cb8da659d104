using FinConsole.Core.Policies;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;
using FinConsole.Web.SignIn;

namespace FinConsole.Web.Policies;

/// <summary>What the tenant decides for its members and keys. Says whom a change will touch before it is saved.</summary>
public sealed partial class PolicyPage(GetPolicy get, UpdatePolicy update, StepUp stepUp, CurrentActor current, Toasts toasts)
{
    private static readonly int[] Windows = [0, 1, 2, 4, 8, 12, 24];

    private PolicyView? _saved;
    private bool _requireMfa;
    private bool _export;
    private int _hours;
    private string? _failure;
    private string? _windowError;
    private bool _running;

    private PolicySettings Chosen => _saved!.Settings with { RequireMfa = _requireMfa, DecryptOnlyHours = _hours, PrivateKeyExport = _export };

    private bool Changed => _saved is not null && Chosen != _saved.Settings;

    private string MfaEffect => _saved!.MembersWithoutMfa switch
    {
        0 => PolicyTexts.MfaEffectNone,
        1 => Texts.Format(PolicyTexts.MfaEffectOne, _saved.Members),
        var without => Texts.Format(PolicyTexts.MfaEffect, without, _saved.Members),
    };

    protected override async Task OnInitializedAsync() => await LoadAsync();

    private static string WindowText(int hours) => hours switch
    {
        0 => PolicyTexts.WindowNone,
        1 => PolicyTexts.WindowOne,
        _ => Texts.Format(PolicyTexts.WindowHours, hours),
    };

    private async Task LoadAsync()
    {
        var policy = await get.HandleAsync(await current.GetAsync(), CancellationToken.None);
        _failure = policy.Error?.Message;
        if (policy.Succeeded)
            Show(policy.Value);
    }

    private void Show(PolicyView policy) =>
        (_saved, _requireMfa, _export, _hours, _windowError) = (policy, policy.Settings.RequireMfa, policy.Settings.PrivateKeyExport, policy.Settings.DecryptOnlyHours, null);

    private async Task SaveAsync()
    {
        if (_running || !Changed)
            return;
        _running = true;
        try
        {
            var saved = await stepUp.RunAsync(async () => await update.HandleAsync(Chosen, _saved!.Version, await current.GetAsync(), CancellationToken.None));
            _windowError = saved.Error?.Fields.GetValueOrDefault(nameof(PolicySettings.DecryptOnlyHours));
            _failure = saved.Error is { Fields.Count: 0 } error ? error.Message : null;
            if (!saved.Succeeded)
                return;
            toasts.Show(PolicyTexts.Saved);
            await LoadAsync();
        }
        finally
        {
            _running = false;
        }
    }
}

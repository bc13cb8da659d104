using FinConsole.Core.Policies;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;
using FinConsole.Web.SignIn;
using Microsoft.JSInterop;

namespace FinConsole.Web.Policies;

/// <summary>What the tenant decides for its members and keys. Says what a change will touch before it is saved.</summary>
public sealed partial class PolicyPage(PolicyCommands commands, StepUp stepUp, CurrentActor current, Toasts toasts, IJSRuntime js) : IDisposable
{
    private const string WindowField = "DecryptOnlyHours";
    private static readonly string[] Rotations = ["RotateDevelopmentDays", "RotateStagingDays", "RotateProductionDays", "RotateEncryptionKeyDays"];
    private static readonly int[] Offered = [0, 1, 2, 4, 8, 12, 24];

    private PolicyForm? _form;
    private PolicyEffect? _effect;
    private CancellationTokenSource _asking = new();
    private string? _failure;
    private bool _conflict;
    private bool _running;

    // What was saved otherwise, by an earlier release or another program, stays what it is.
    private IEnumerable<int> Windows => Offered.Append(_form!.Saved.Settings.DecryptOnlyHours).Distinct().Order();

    // Never of figures that stand there no longer.
    private PolicyEffect? Effect => _effect?.IsFor(_form!.Chosen) == true ? _effect : null;

    private int Window
    {
        get => _form![WindowField] ?? 0;
        set => _form![WindowField] = value;
    }

    private bool Reckoning => _form is { Errors.Count: 0 } form && !new PolicyEffect(form.Saved.Settings).IsFor(form.Chosen) && Effect is null;

    public void Dispose()
    {
        _asking.Cancel();
        _asking.Dispose();
    }

    protected override async Task OnInitializedAsync() => await LoadAsync();

    private async Task LoadAsync()
    {
        var policy = await commands.Get.HandleAsync(await current.GetAsync(), CancellationToken.None);
        _failure = policy.Error?.Message;
        if (policy.Succeeded)
            (_form, _effect) = (new PolicyForm(policy.Value), null);
    }

    // Nobody waits for the answer: the fields go on taking what is typed.
    private void Touched() => _ = AskAsync();

    private async Task AskAsync()
    {
        await _asking.CancelAsync();
        _asking.Dispose();
        _asking = new CancellationTokenSource();
        var (form, chosen, stop) = (_form!, _form!.Chosen, _asking.Token);
        try
        {
            var effect = await commands.Effects.AskAsync(form.Saved.Settings, chosen, _effect, await current.GetAsync(), stop);
            if (stop.IsCancellationRequested)
                return;
            form.Check();
            _effect = effect;
            await InvokeAsync(StateHasChanged);
        }
        catch (OperationCanceledException)
        {
            // More was typed, or the page is gone.
        }
    }

    private void Discard()
    {
        (_form, _effect, _failure, _conflict) = (new PolicyForm(_form!.Saved), null, null, false);
    }

    private async Task RebaseAsync()
    {
        var policy = await commands.Get.HandleAsync(await current.GetAsync(), CancellationToken.None);
        (_failure, _conflict) = (policy.Error?.Message, false);
        if (!policy.Succeeded)
            return;
        _form!.Rebase(policy.Value);
        _effect = null;
        toasts.Show(PolicyTexts.Rebased);
        Touched();
    }

    private async Task SaveAsync()
    {
        if (_running || !_form!.Changed)
            return;
        if (!_form.Check())
        {
            await js.FocusFirstInvalidAsync();
            return;
        }

        // What it would touch comes first, and is read before it is saved.
        if (Reckoning)
            return;
        _running = true;
        try
        {
            await SaveAsync(_form);
        }
        finally
        {
            _running = false;
        }
    }

    private async Task SaveAsync(PolicyForm form)
    {
        var chosen = form.Chosen;
        var saved = await stepUp.RunAsync(async () => await commands.Update.HandleAsync(chosen, form.Saved.Version, await current.GetAsync(), CancellationToken.None));
        _conflict = saved.Error == PolicyErrors.ChangedMeanwhile;
        _failure = saved.Error is { Fields.Count: 0 } error ? error.Message : null;
        if (saved.Succeeded)
        {
            toasts.Show(PolicyTexts.Saved);
            await LoadAsync();
        }
        else if (!form.Check(saved.Error.Fields))
        {
            await js.FocusFirstInvalidAsync();
        }
    }
}

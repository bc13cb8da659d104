using FinConsole.Core.Common;
using FinConsole.Web.Components.Dialogs;
using FinConsole.Web.Hosting;
using FinConsole.Web.SignIn;
using MudBlazor;

namespace FinConsole.Web.Mfa;

/// <summary>Opens the dialogs of the two-factor page, and shows new recovery codes once.</summary>
public sealed class MfaDialogs(IDialogService dialogs, MfaCommands commands, StepUp stepUp, CurrentActor current)
{
    /// <summary>Sets an authenticator up, or moves to another one.</summary>
    /// <returns>Whether it is in force and its recovery codes are saved; or why it could not begin.</returns>
    public async Task<Result<bool>> EnrolAsync()
    {
        var actor = await current.GetAsync();
        var begun = await stepUp.RunAsync(() => commands.Begin.HandleAsync(actor, CancellationToken.None));
        if (!begun.Succeeded)
            return begun.Error;
        var codes = await dialogs.AskAsync<EnrolDialog, IReadOnlyList<Secret>>(new()
        {
            { each => each.Secret, begun.Value },
            { each => each.Account, actor.Name },
        });
        return codes is not null && await ShowCodesAsync(codes);
    }

    /// <returns>Whether the second factor is off.</returns>
    public Task<bool> TurnOffAsync() => dialogs.ConfirmAsync(
        new(MfaTexts.TurnOffTitle, MfaTexts.TurnOff, [MfaTexts.TurnOffText]),
        () => stepUp.RunAsync(async () => await commands.TurnOff.HandleAsync(await current.GetAsync(), CancellationToken.None)));

    /// <returns>Whether there are new recovery codes, and they are saved.</returns>
    public async Task<bool> RenewAsync()
    {
        IReadOnlyList<Secret>? codes = null;
        await dialogs.ConfirmAsync(new(MfaTexts.RenewTitle, MfaTexts.RenewVerb, [MfaTexts.RenewText], "primary"), RunAsync);
        return codes is not null && await ShowCodesAsync(codes);

        async Task<Result> RunAsync()
        {
            var renewed = await stepUp.RunAsync(async () => await commands.Renew.HandleAsync(await current.GetAsync(), CancellationToken.None));
            codes = renewed.Value;
            return renewed.Succeeded ? Result.Success : renewed.Error;
        }
    }

    // Not to be confused with giving up: who leaves the page in spite of its question has not saved them.
    private Task<bool> ShowCodesAsync(IReadOnlyList<Secret> codes) => dialogs.AskAsync<RecoveryCodesDialog>(new() { { each => each.Codes, codes } });
}

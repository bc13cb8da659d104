using FinConsole.Core.Access;
using FinConsole.Core.Common;
using FinConsole.Core.SignIn.StepUp;
using FinConsole.Web.Components.Dialogs;
using FinConsole.Web.Hosting;
using MudBlazor;

namespace FinConsole.Web.SignIn;

/// <summary>
/// Runs use cases that want a recent confirmation: refused for the lack of one, it opens the dialog "Confirm it's you" over whatever is
/// open, and tries again when the member has confirmed. Given up, the refusal is the answer.
/// </summary>
public sealed class StepUp(IDialogService dialogs, ConfirmIdentity confirm, CurrentActor current)
{
    private Task<bool>? _asking;

    public async Task<Result<T>> RunAsync<T>(Func<Task<Result<T>>> useCase)
    {
        var result = await useCase();
        return IsWanted(result.Error) && await AskOnceAsync() ? await useCase() : result;
    }

    public async Task<Result> RunAsync(Func<Task<Result>> useCase)
    {
        var result = await useCase();
        return IsWanted(result.Error) && await AskOnceAsync() ? await useCase() : result;
    }

    private static bool IsWanted(Error? error) => error?.Code == AccessErrors.ConfirmationNeeded.Code;

    // Asked twice at once, for example by a double press: both wait for the one answer.
    private Task<bool> AskOnceAsync()
    {
        if (_asking is null or { IsCompleted: true })
            _asking = AskAsync();
        return _asking;
    }

    private async Task<bool> AskAsync()
    {
        var form = await confirm.AskAsync(await current.GetAsync(), CancellationToken.None);
        return form.Succeeded && await dialogs.AskAsync<StepUpDialog>(new() { { each => each.Form, form.Value } }, stays: true);
    }
}

using FinConsole.Core.Common;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace FinConsole.Web.Components.Dialogs;

/// <summary>Opens dialogs and returns what they were closed with.</summary>
public static class DialogServiceExtensions
{
    // FormDialog has a cross and an Escape key of its own, which wait while it works.
    private static readonly PageDialogOptions Options = new() { BackdropClick = false, CloseOnEscapeKey = false, CloseButton = false, CloseOnNavigation = false };
    private static readonly DialogOptions Staying = new() { BackdropClick = false, CloseOnEscapeKey = false, CloseButton = false, CloseOnNavigation = false };

    /// <summary>What the dialog was closed with; null when it was given up.</summary>
    /// <param name="stays">Whether it survives a navigation: for a secret that is shown once, and for what the address itself opens and closes.</param>
    public static async Task<TResult?> AskAsync<TDialog, TResult>(this IDialogService dialogs, DialogParameters<TDialog> parameters, bool stays = false)
        where TDialog : IComponent
    {
        var reference = await dialogs.OpenAsync(parameters, stays);
        return await reference.GetReturnValueAsync<TResult>();
    }

    /// <summary>Whether it was closed by its own button, and not given up.</summary>
    public static async Task<bool> AskAsync<TDialog>(this IDialogService dialogs, DialogParameters<TDialog> parameters, bool stays = false)
        where TDialog : IComponent
    {
        var reference = await dialogs.OpenAsync(parameters, stays);
        return await reference.Result is { Canceled: false };
    }

    /// <summary>The open dialog itself, for who closes it from outside.</summary>
    public static Task<IDialogReference> OpenAsync<TDialog>(this IDialogService dialogs, DialogParameters<TDialog> parameters, bool stays = false)
        where TDialog : IComponent => dialogs.ShowAsync<TDialog>(null, parameters, stays ? Staying : Options);

    /// <summary>Asks once, runs what was asked for, and stays open with the reason where it is refused.</summary>
    /// <returns>Whether it was done.</returns>
    public static Task<bool> ConfirmAsync(this IDialogService dialogs, Confirmation asked, Func<Task<Result>> run) =>
        dialogs.AskAsync<ConfirmDialog>(new() { { each => each.Asked, asked }, { each => each.Run, run } });
}

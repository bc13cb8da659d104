using System.Globalization;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.Common;
using FinConsole.Core.Email;
using FinConsole.Core.Members;
using FinConsole.Core.Usage.Reports;
using FinConsole.Web.Components.Dialogs;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;
using MudBlazor;

namespace FinConsole.Web.ApiTokens;

/// <summary>Opens the tokens page's dialogs, carries out what needs no form of its own, and shows a new secret once.</summary>
public sealed class TokenDialogs(IDialogService dialogs, TokenCommands commands, CurrentActor current, ConsoleAddress address, Toasts toasts)
{
    /// <summary>Says which token a text is, and ends it where somebody wants that.</summary>
    /// <param name="mayManage">Whether ending it is offered.</param>
    /// <param name="changed">Loads the list again.</param>
    public async Task IdentifyAsync(bool mayManage, Func<Task> changed)
    {
        if (await dialogs.AskAsync<IdentifyTokenDialog, TokenView>(new() { { each => each.MayManage, mayManage } }) is { } found)
            await SayAsync(dialogs.AskAsync<InvalidateTokenDialog, string>(new() { { each => each.Token, found } }), changed);
    }

    /// <param name="changed">Loads the list again.</param>
    public async Task CreateAsync(Func<Task> changed) =>
        await ShowOnceAsync(await dialogs.AskAsync<CreateTokenDialog, NewApiToken>([]), changed);

    /// <summary>Does what somebody wants of a row.</summary>
    /// <param name="traffic">What the row's tokens do, as far as the list has loaded it.</param>
    /// <param name="changed">Loads the list again.</param>
    public Task ActAsync(TokenAction action, IReadOnlyDictionary<Guid, TokenTraffic> traffic, UserClock clock, Func<Task> changed)
    {
        var (dialog, row) = action;
        var (token, old) = (row.Token, row.Predecessor ?? row.Token);
        return dialog switch
        {
            TokenDialog.Details => dialogs.AskAsync<TokenDetailsDrawer>(new() { { each => each.Row, row } }),
            TokenDialog.Rotate or TokenDialog.StartAgain => RotateAsync(row, dialog == TokenDialog.StartAgain, changed),
            TokenDialog.Edit => SayAsync(
                dialogs.AskAsync<EditTokenDialog, string>(new() { { each => each.Token, token }, { each => each.Traffic, traffic.GetValueOrDefault(token.Id) } }), changed),
            TokenDialog.Invalidate => SayAsync(dialogs.AskAsync<InvalidateTokenDialog, string>(new() { { each => each.Token, token } }), changed),
            TokenDialog.Enable => EnableAsync(token, changed),
            TokenDialog.Disable => ConfirmAsync(
                new(Named(TokensTexts.DisableTitle, token.Name), TokensTexts.DisableVerb, [TokensTexts.DisableText, Describe(token, traffic, clock)], "primary"),
                actor => commands.SetDisabled.HandleAsync(token.Id, true, actor, CancellationToken.None), Named(TokensTexts.Disabled, token.Name), changed),
            TokenDialog.Retire => ConfirmAsync(
                new(Named(TokensTexts.RetireTitle, token.Name), TokensTexts.RetireVerb, [Named(TokensTexts.RetireText, old.Masked), Describe(old, traffic, clock)]),
                actor => commands.Retire.HandleAsync(token.Id, actor, CancellationToken.None), TokensTexts.Retired, changed),
            TokenDialog.Discard => ConfirmAsync(
                new(Named(TokensTexts.DiscardTitle, token.Name), TokensTexts.DiscardVerb, [row.Predecessor is null ? TokensTexts.DiscardText : TokensTexts.DiscardSuccessorText]),
                actor => commands.Void.HandleAsync(token.Id, actor, CancellationToken.None), TokensTexts.Discarded, changed),
        };
    }

    /// <summary>Does the same to several tokens.</summary>
    /// <param name="changed">Loads the list again.</param>
    public Task ActAsync(TokenBatch batch, IReadOnlyList<TokenView> tokens, Func<Task> changed) =>
        SayAsync(dialogs.AskAsync<TokenBatchDialog, string>(new() { { each => each.Batch, batch }, { each => each.Tokens, tokens } }), changed);

    private static string Named(string text, string name) => string.Format(CultureInfo.InvariantCulture, text, name);

    // Of what the list has loaded; a token that is not in it has not been looked at.
    private static string? Describe(TokenView token, IReadOnlyDictionary<Guid, TokenTraffic> all, UserClock clock) => all.GetValueOrDefault(token.Id) is not { } traffic ? null
        : traffic.LastUsedAt is not { } used ? TokensTexts.TrafficNone
        : string.Format(CultureInfo.InvariantCulture, TokensTexts.TrafficLast, clock.Relative(used), traffic.LastIp ?? "?", RequestCount.Of(traffic.LastDay.Requests));

    private async Task RotateAsync(TokenRow row, bool startAgain, Func<Task> changed) => await ShowOnceAsync(
        await dialogs.AskAsync<RotateTokenDialog, NewApiToken>(new() { { each => each.Row, row }, { each => each.StartAgain, startAgain } }), changed);

    private async Task SayAsync(Task<string?> asked, Func<Task> changed)
    {
        if (await asked is not { } message)
            return;
        toasts.Show(message);
        await changed();
    }

    private async Task ConfirmAsync(Confirmation asked, Func<Actor, Task<Result>> run, string message, Func<Task> changed)
    {
        if (!await dialogs.ConfirmAsync(asked, async () => await run(await current.GetAsync())))
            return;
        toasts.Show(message);
        await changed();
    }

    // Enabling asks nothing, and so has no dialog to show a refusal in.
    private async Task EnableAsync(TokenView token, Func<Task> changed)
    {
        var result = await commands.SetDisabled.HandleAsync(token.Id, false, await current.GetAsync(), CancellationToken.None);
        if (result.Succeeded)
            toasts.Show(Named(TokensTexts.Enabled, token.Name));
        else
            toasts.ShowFailure(result.Error.Message);
        await changed();
    }

    private async Task ShowOnceAsync(NewApiToken? made, Func<Task> changed)
    {
        if (made is null)
            return;
        await changed();
        var saved = await dialogs.AskAsync<ShowOnceDialog, bool>(
            new()
            {
                { each => each.Title, TokensTexts.CopyNowTitle },
                { each => each.Warning, TokensTexts.CopyNowWarning },
                { each => each.Secret, new Secret(made.Secret.Reveal()) },
                { each => each.CopyText, TokensTexts.CopyToken },
                { each => each.ConfirmText, TokensTexts.SavedIt },
                { each => each.VoidAt, made.Token.PendingUntil },
                { each => each.Samples, SamplesFor(made) },
                { each => each.Confirm, () => AcknowledgeAsync(made.Token.Id) },
            },
            stays: true);
        if (saved)
            toasts.Show(Named(TokensTexts.Saved, made.Token.Name));
        await changed();
    }

    private async Task<Result> AcknowledgeAsync(Guid tokenId) => await commands.Acknowledge.HandleAsync(tokenId, await current.GetAsync(), CancellationToken.None);

    private IReadOnlyList<ShowOnceDialog.Sample> SamplesFor(NewApiToken made)
    {
        var variable = TokenLabels.VariableFor(made.Token.Environment);
        return
        [
            new("env-line", TokensTexts.SampleEnv, $"{variable}={made.Secret.Reveal()}"),
            new("curl-line", TokensTexts.SampleCurl, $"curl -H \"X-Auth-Token: {made.Secret.Reveal()}\" {address.Of("/api/v1/whoami")}"),
        ];
    }
}

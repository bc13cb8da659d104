using System.Globalization;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.Common;
using FinConsole.Core.Mail;
using FinConsole.Core.Members;
using FinConsole.Core.Usage.Reports;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;
using FinConsole.Web.Usage;
using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.ApiTokens;

/// <summary>Opens the page's dialogs, carries out what needs no form of its own, and shows a new secret once.</summary>
public sealed partial class TokenDialogs(TokenCommands commands, CurrentActor current, ConsoleAddress address, Toasts toasts)
{
    private TokenDialog _dialog;
    private TokenRow? _row;
    private NewApiToken? _made;
    private string? _failure;

    /// <summary>Something was changed; the list shows it.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    [CascadingParameter]
    public IReadOnlyDictionary<Guid, TokenTraffic>? AllTraffic { get; set; }

    [CascadingParameter]
    public UserClock Clock { get; set; } = default!;

    public void Show(TokenDialog dialog, TokenRow? row)
    {
        (_dialog, _row, _failure) = (dialog, row, null);
        StateHasChanged();
    }

    public Task ActAsync(TokenAction action)
    {
        Show(action.Dialog, action.Row);
        return action.Dialog == TokenDialog.Enable ? SetDisabledAsync(false) : Task.CompletedTask;
    }

    // Of what the list has loaded; a token that is not in it has not been looked at.
    private string? Traffic(TokenView token) => AllTraffic?.GetValueOrDefault(token.Id) is not { } traffic ? null
        : traffic.LastUsedAt is not { } used ? TokensTexts.TrafficNone
        : string.Format(CultureInfo.InvariantCulture, TokensTexts.TrafficLast, Clock.Relative(used), traffic.LastIp ?? "?", UsageLabels.Requests(traffic.LastDay.Requests));

    private void Close() => (_dialog, _failure) = (TokenDialog.None, null);

    private async Task DoneAsync(string message)
    {
        Close();
        toasts.Show(message);
        await OnChanged.InvokeAsync();
    }

    private Task RetireAsync() => RunAsync(actor => commands.Retire.HandleAsync(_row!.Token.Id, actor, CancellationToken.None), TokensTexts.Retired);

    private Task DiscardAsync() => RunAsync(actor => commands.Void.HandleAsync(_row!.Token.Id, actor, CancellationToken.None), TokensTexts.Discarded);

    private Task SetDisabledAsync(bool disabled) => RunAsync(
        actor => commands.SetDisabled.HandleAsync(_row!.Token.Id, disabled, actor, CancellationToken.None),
        string.Format(CultureInfo.InvariantCulture, disabled ? TokensTexts.Disabled : TokensTexts.Enabled, _row!.Token.Name));

    private async Task RunAsync(Func<Actor, Task<Result>> run, string message)
    {
        var result = await run(await current.GetAsync());
        if (result.Succeeded)
        {
            await DoneAsync(message);
        }
        else
        {
            _failure = result.Error.Message;
            // Enabling has no dialog to show a refusal in.
            if (_dialog == TokenDialog.Enable)
                toasts.ShowFailure(_failure);
        }
    }

    private async Task ShowOnceAsync(NewApiToken made)
    {
        Close();
        _made = made;
        await OnChanged.InvokeAsync();
    }

    private async Task AcknowledgeAsync()
    {
        var result = await commands.Acknowledge.HandleAsync(_made!.Token.Id, await current.GetAsync(), CancellationToken.None);
        if (!result.Succeeded)
        {
            _failure = result.Error.Message;
            return;
        }

        var name = _made.Token.Name;
        _made = null;
        await DoneAsync(string.Format(CultureInfo.InvariantCulture, TokensTexts.Saved, name));
    }

    private async Task ForgetAsync()
    {
        (_made, _failure) = (null, null);
        await OnChanged.InvokeAsync();
    }

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

using System.Globalization;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.Usage.Reports;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace FinConsole.Web.ApiTokens;

/// <summary>Ends a token for good, with its blast radius in sight and a reason for the record.</summary>
public sealed partial class InvalidateTokenDialog(InvalidateApiToken invalidate, ShowTokenTraffic traffic, CurrentActor current, IJSRuntime js)
{
    private InvalidationReason? _reason;
    private TokenTraffic? _traffic;
    private string? _comment;
    private IReadOnlyDictionary<string, string>? _errors;
    private string? _failure;
    private bool _running;
    private bool _wasOpen;

    [Parameter, EditorRequired]
    public bool Open { get; set; }

    [Parameter, EditorRequired]
    public TokenView Token { get; set; } = default!;

    [Parameter]
    public EventCallback OnClose { get; set; }

    [Parameter]
    public EventCallback<string> OnDone { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        var opened = Open && !_wasOpen;
        _wasOpen = Open;
        if (!opened)
            return;
        (_reason, _comment, _errors, _failure, _traffic) = (null, null, null, null, null);
        // As it is now: the list behind may have been loaded long ago.
        var (id, actor) = (Token.Id, await current.GetAsync());
        _traffic = (await traffic.HandleAsync([id], actor, CancellationToken.None)).Value?.GetValueOrDefault(id);
    }

    private async Task SubmitAsync()
    {
        if (_running || !Open)
            return;
        _running = true;
        try
        {
            // No reason chosen is no reason defined: Core says so in its own words.
            var request = new InvalidateApiTokenRequest(Token.Id, _reason ?? default, _comment);
            var result = await invalidate.HandleAsync(request, await current.GetAsync(), CancellationToken.None);
            if (result.Succeeded)
            {
                await OnDone.InvokeAsync(string.Format(CultureInfo.InvariantCulture, TokensTexts.Invalidated, Token.Name));
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

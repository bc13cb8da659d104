using System.Globalization;
using FinConsole.Core.ApiTokens;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace FinConsole.Web.ApiTokens;

/// <summary>Rotates a token, or starts a rotation again whose secret was lost.</summary>
public sealed partial class RotateTokenDialog(RotateApiToken rotate, CurrentActor current, IJSRuntime js, TimeProvider time)
{
    private readonly CashierFields.Credentials _cashier = new();
    private TokenOverlap _overlap;
    private IReadOnlyDictionary<string, string>? _errors;
    private string? _failure;
    private bool _running;
    private bool _wasOpen;

    [Parameter, EditorRequired]
    public bool Open { get; set; }

    [Parameter, EditorRequired]
    public TokenRow Row { get; set; } = default!;

    /// <summary>The row's token is a pending successor, to be voided and made anew.</summary>
    [Parameter]
    public bool StartAgain { get; set; }

    [Parameter]
    public EventCallback OnClose { get; set; }

    [Parameter]
    public EventCallback<NewApiToken> OnMade { get; set; }

    [CascadingParameter]
    public UserClock Clock { get; set; } = default!;

    private TokenView Old => StartAgain && Row.Predecessor is { } predecessor ? predecessor : Row.Token;

    private string OverlapHint
    {
        get
        {
            if (_overlap == TokenOverlap.None)
                return TokensTexts.OverlapHintNone;
            var end = time.GetUtcNow() + _overlap.Length();
            return end >= Old.ExpiresAt
                ? string.Format(CultureInfo.InvariantCulture, TokensTexts.OverlapHintExpiry, Clock.Minute(Old.ExpiresAt))
                : string.Format(CultureInfo.InvariantCulture, TokensTexts.OverlapHint, Clock.Minute(end));
        }
    }

    protected override void OnParametersSet()
    {
        if (Open && !_wasOpen)
        {
            (_overlap, _errors, _failure) = (TokenOverlap.Hours24, null, null);
            (_cashier.CashierEmail, _cashier.CashierPassword, _cashier.CashierCode) = (Old.CashierEmail, "", "");
        }

        _wasOpen = Open;
    }

    private async Task SubmitAsync()
    {
        if (_running || !Open)
            return;
        _running = true;
        try
        {
            var request = new RotateApiTokenRequest(Old.Id, _overlap, _cashier.Take(), StartAgain ? Row.Token.Id : null);
            var result = await rotate.HandleAsync(request, await current.GetAsync(), CancellationToken.None);
            if (result.Succeeded)
            {
                await OnMade.InvokeAsync(result.Value);
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

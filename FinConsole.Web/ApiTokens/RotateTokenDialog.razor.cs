using System.Globalization;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.ApiTokens.Rotation;
using FinConsole.Web.Components.Dialogs;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace FinConsole.Web.ApiTokens;

/// <summary>Rotates a token, or starts a rotation again whose secret was lost. Closes with the new token.</summary>
public sealed partial class RotateTokenDialog(RotateApiToken rotate, CurrentActor current, TimeProvider time)
{
    private readonly CashierFields.Credentials _cashier = new();
    private TokenOverlap _overlap = TokenOverlap.Hours24;
    private IReadOnlyDictionary<string, string>? _errors;
    private string? _failure;

    [CascadingParameter]
    public IMudDialogInstance Instance { get; set; } = default!;

    [Parameter, EditorRequired]
    public TokenRow Row { get; set; } = default!;

    /// <summary>The row's token is a pending successor, to be voided and made anew.</summary>
    [Parameter]
    public bool StartAgain { get; set; }

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

    protected override void OnInitialized() => _cashier.CashierEmail = Old.CashierEmail;

    private async Task SubmitAsync()
    {
        var request = new RotateApiTokenRequest(Old.Id, _overlap, _cashier.Take(), StartAgain ? Row.Token.Id : null);
        var result = await rotate.HandleAsync(request, await current.GetAsync(), CancellationToken.None);
        (_errors, _failure) = FormErrors.Of(result);
        if (result.Succeeded)
            Instance.Close(result.Value);
    }
}

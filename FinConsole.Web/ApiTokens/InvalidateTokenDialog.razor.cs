using System.Globalization;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Lifecycle;
using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.Usage.Reports;
using FinConsole.Web.Components.Dialogs;
using FinConsole.Web.Hosting;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace FinConsole.Web.ApiTokens;

/// <summary>Ends a token for good, with its blast radius in sight and a reason for the record. Closes with what is to be said.</summary>
public sealed partial class InvalidateTokenDialog(InvalidateApiToken invalidate, ShowTokenTraffic traffic, CurrentActor current)
{
    private static readonly InvalidationReason?[] Reasons = [.. Enum.GetValues<InvalidationReason>()];

    private InvalidationReason? _reason;
    private TokenTraffic? _traffic;
    private string? _comment;
    private IReadOnlyDictionary<string, string>? _errors;
    private string? _failure;

    [CascadingParameter]
    public IMudDialogInstance Instance { get; set; } = default!;

    [Parameter, EditorRequired]
    public TokenView Token { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        // As it is now: the list behind may have been loaded long ago.
        var (id, actor) = (Token.Id, await current.GetAsync());
        _traffic = (await traffic.HandleAsync([id], actor, CancellationToken.None)).Value?.GetValueOrDefault(id);
    }

    private async Task SubmitAsync()
    {
        // No reason chosen is no reason defined: Core says so in its own words.
        var request = new InvalidateApiTokenRequest(Token.Id, _reason ?? default, _comment);
        var result = await invalidate.HandleAsync(request, await current.GetAsync(), CancellationToken.None);
        (_errors, _failure) = FormErrors.Of(result);
        if (result.Succeeded)
            Instance.Close(string.Format(CultureInfo.InvariantCulture, TokensTexts.Invalidated, Token.Name));
    }
}

using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.Common;
using FinConsole.Web.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;

namespace FinConsole.Web.ApiTokens;

/// <summary>
/// Says which token a text is. The text is hashed in the browser and never sent; the field is emptied as it is read. Closes with the token when
/// it is to be invalidated.
/// </summary>
public sealed partial class IdentifyTokenDialog(IdentifyApiToken identify, CurrentActor current, IJSRuntime js)
{
    private ElementReference _input;
    private TokenView? _found;
    private string? _answer;
    private bool _unknown;

    [CascadingParameter]
    public IMudDialogInstance Instance { get; set; } = default!;

    /// <summary>Whether the member may end what is found.</summary>
    [Parameter]
    public bool MayManage { get; set; }

    private async Task SubmitAsync()
    {
        (_found, _answer, _unknown) = (null, null, false);
        if (await js.InvokeAsync<string?>("fc.takeTokenHash", _input) is not { } hash)
        {
            _answer = TokensTexts.IdentifyMalformed;
            return;
        }

        var result = await identify.HandleAsync(hash, await current.GetAsync(), CancellationToken.None);
        _found = result.Value;
        _unknown = result.Error?.Kind == ErrorKind.NotFound;
        _answer = _unknown ? TokensTexts.IdentifyUnknown : result.Error?.Message;
    }
}

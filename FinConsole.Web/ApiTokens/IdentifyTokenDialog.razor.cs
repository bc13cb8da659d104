using FinConsole.Core.ApiTokens;
using FinConsole.Core.Common;
using FinConsole.Web.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace FinConsole.Web.ApiTokens;

/// <summary>Says which token a text is. The text is hashed in the browser and never sent; the field is emptied as it is read.</summary>
public sealed partial class IdentifyTokenDialog(IdentifyApiToken identify, CurrentActor current, IJSRuntime js)
{
    private ElementReference _input;
    private TokenView? _found;
    private string? _answer;
    private bool _unknown;
    private bool _running;
    private bool _wasOpen;

    [Parameter, EditorRequired]
    public bool Open { get; set; }

    [Parameter]
    public EventCallback OnClose { get; set; }

    protected override void OnParametersSet()
    {
        if (Open && !_wasOpen)
            (_found, _answer) = (null, null);
        _wasOpen = Open;
    }

    private async Task SubmitAsync()
    {
        if (_running || !Open)
            return;
        _running = true;
        (_found, _answer, _unknown) = (null, null, false);
        try
        {
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
        finally
        {
            _running = false;
        }
    }
}

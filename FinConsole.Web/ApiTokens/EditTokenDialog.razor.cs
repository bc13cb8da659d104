using System.Globalization;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.Usage.Reports;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace FinConsole.Web.ApiTokens;

/// <summary>Changes what may be changed of a token: name, holder, allowlist, and its scopes downwards.</summary>
public sealed partial class EditTokenDialog(EditApiToken edit, CurrentActor current, IJSRuntime js)
{
    private string _name = "";
    private string? _holder;
    private string? _allowlist;
    private HashSet<string> _scopes = [];
    private IReadOnlyList<string> _offered = [];
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

    [CascadingParameter]
    public IReadOnlyDictionary<Guid, TokenTraffic>? AllTraffic { get; set; }

    protected override void OnParametersSet()
    {
        if (Open && !_wasOpen)
        {
            (_name, _holder, _allowlist) = (Token.Name, Token.Holder, string.Join('\n', Token.Allowlist));
            (_scopes, _errors, _failure) = ([.. Token.Scopes], null, null);
            // What the token has, and the narrower scopes that a wildcard of its own covers.
            _offered = [.. TokenScopes.All.Where(scope => TokenScopes.Cover([.. Token.Scopes], [scope]))];
        }

        _wasOpen = Open;
    }

    private string? Error(string field) => _errors?.GetValueOrDefault(field);

    private async Task SubmitAsync()
    {
        if (_running || !Open)
            return;
        _running = true;
        try
        {
            var request = new EditApiTokenRequest(Token.Id, _name, _holder ?? "", _allowlist ?? "", _scopes);
            var result = await edit.HandleAsync(request, await current.GetAsync(), CancellationToken.None);
            if (result.Succeeded)
            {
                await OnDone.InvokeAsync(string.Format(CultureInfo.InvariantCulture, TokensTexts.Edited, _name.Trim()));
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

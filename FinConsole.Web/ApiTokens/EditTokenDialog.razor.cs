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

/// <summary>Changes what may be changed of a token: name, holder, allowlist, and its scopes downwards. Closes with what is to be said.</summary>
public sealed partial class EditTokenDialog(EditApiToken edit, CurrentActor current)
{
    private string _name = "";
    private string? _holder;
    private string? _allowlist;
    private HashSet<string> _scopes = [];
    private IReadOnlyList<string> _offered = [];
    private IReadOnlyDictionary<string, string>? _errors;
    private string? _failure;

    [CascadingParameter]
    public IMudDialogInstance Instance { get; set; } = default!;

    [Parameter, EditorRequired]
    public TokenView Token { get; set; } = default!;

    /// <summary>What the token does, as far as the list has loaded it.</summary>
    [Parameter]
    public TokenTraffic? Traffic { get; set; }

    protected override void OnInitialized()
    {
        (_name, _holder, _allowlist) = (Token.Name, Token.Holder, string.Join('\n', Token.Allowlist));
        _scopes = [.. Token.Scopes];
        // What the token has, and the narrower scopes that a wildcard of its own covers.
        _offered = [.. TokenScopes.All.Where(scope => TokenScopes.Cover([.. Token.Scopes], [scope]))];
    }

    private string? Error(string field) => _errors?.GetValueOrDefault(field);

    private async Task SubmitAsync()
    {
        var request = new EditApiTokenRequest(Token.Id, _name, _holder ?? "", _allowlist ?? "", _scopes);
        var result = await edit.HandleAsync(request, await current.GetAsync(), CancellationToken.None);
        (_errors, _failure) = FormErrors.Of(result);
        if (result.Succeeded)
            Instance.Close(string.Format(CultureInfo.InvariantCulture, TokensTexts.Edited, _name.Trim()));
    }
}

using System.Globalization;
using FinConsole.Core.ApiTokens;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace FinConsole.Web.ApiTokens;

/// <summary>The form for a new token. What was typed, but no password, survives a lost connection as a draft in the browser's session.</summary>
public sealed partial class CreateTokenDialog(CreateApiToken create, ListTokenHolders listHolders, CurrentActor current, IJSRuntime js, TimeProvider time)
{
    private const string DraftKey = "create-token";

    private readonly CashierFields.Credentials _cashier = new();
    private HashSet<string> _scopes = [];
    private bool _scopesTouched;
    private string _name = "";
    private string? _holder;
    private string? _allowlist;
    private TokenEnvironment _environment;
    private TokenExpiry _expiry;
    private IReadOnlyList<string> _holders = [];
    private IReadOnlyDictionary<string, string>? _errors;
    private string? _failure;
    private bool _running;
    private bool _wasOpen;

    [Parameter, EditorRequired]
    public bool Open { get; set; }

    [Parameter]
    public EventCallback OnClose { get; set; }

    /// <summary>A token was made; its secret is to be shown once.</summary>
    [Parameter]
    public EventCallback<NewApiToken> OnMade { get; set; }

    [CascadingParameter]
    public UserClock Clock { get; set; } = default!;

    private string ExpiryHint => string.Format(CultureInfo.InvariantCulture, TokensTexts.ExpiryHint, Clock.Minute(_expiry.From(time.GetUtcNow())));

    private string? ScopesHint => _environment == TokenEnvironment.Production ? TokensTexts.ScopesHintProduction : TokensTexts.ScopesHint;

    private string AllowlistHint => _environment == TokenEnvironment.Production ? TokensTexts.AllowlistHintProduction : TokensTexts.AllowlistHint;

    protected override async Task OnParametersSetAsync()
    {
        var opened = Open && !_wasOpen;
        _wasOpen = Open;
        if (!opened)
            return;

        Reset();
        await RestoreDraftAsync();
        var holders = await listHolders.HandleAsync(await current.GetAsync(), CancellationToken.None);
        _holders = holders.Value ?? [];
    }

    private void Reset()
    {
        (_name, _holder, _allowlist, _errors, _failure) = ("", null, null, null, null);
        (_environment, _expiry, _scopesTouched) = (TokenEnvironment.Development, TokenExpiry.Month1, false);
        (_cashier.CashierEmail, _cashier.CashierPassword, _cashier.CashierCode) = ("", "", "");
        OnEnvironment();
    }

    private void OnEnvironment()
    {
        if (!_scopesTouched)
            _scopes = [.. TokenScopes.DefaultsFor(_environment)];
    }

    private string? Error(string field) => _errors?.GetValueOrDefault(field);

    private async Task SubmitAsync()
    {
        if (_running || !Open)
            return;
        _running = true;
        try
        {
            var request = new CreateApiTokenRequest(_name, _environment, _expiry, _scopes, _allowlist, _holder, _cashier.Take());
            var result = await create.HandleAsync(request, await current.GetAsync(), CancellationToken.None);
            if (result.Succeeded)
            {
                await js.InvokeVoidAsync("fc.clearDraft", DraftKey);
                await OnMade.InvokeAsync(result.Value);
            }
            else
            {
                _errors = result.Error.Fields;
                _failure = result.Error.Fields.Count == 0 ? result.Error.Message : null;
                StateHasChanged();
                await js.FocusFirstInvalidAsync();
            }
        }
        finally
        {
            _running = false;
        }
    }

    private async Task RestoreDraftAsync()
    {
        var json = await js.InvokeAsync<string?>("fc.readDraft", DraftKey);
        if (TokenDraft.Parse(json) is not { } draft)
            return;
        (_name, _holder, _allowlist, _cashier.CashierEmail) = (draft.Name ?? "", draft.Holder, draft.Allowlist, draft.CashierEmail ?? "");
        _environment = Enum.TryParse<TokenEnvironment>(draft.Environment, out var environment) && Enum.IsDefined(environment) ? environment : _environment;
        _expiry = Enum.TryParse<TokenExpiry>(draft.Expiry, out var expiry) && Enum.IsDefined(expiry) ? expiry : _expiry;
        if (draft.Scopes is { } scopes)
            (_scopes, _scopesTouched) = ([.. TokenScopes.All.Intersect(scopes)], true);
    }
}

using System.Globalization;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Lifecycle;
using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Web.Components.Dialogs;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;

namespace FinConsole.Web.ApiTokens;

/// <summary>The form for a new token. Closes with it. What was typed, but no password, survives a lost connection as a draft in the browser's session.</summary>
public sealed partial class CreateTokenDialog(CreateApiToken create, ListTokenHolders listHolders, CurrentActor current, IJSRuntime js, TimeProvider time)
{
    private const string DraftKey = "create-token";

    private readonly CashierFields.Credentials _cashier = new();
    private HashSet<string> _scopes = [];
    private bool _scopesTouched;
    private string _name = "";
    private string? _holder;
    private string? _allowlist;
    private TokenEnvironment _environment = TokenEnvironment.Development;
    private TokenExpiry _expiry = TokenExpiry.Month1;
    private IReadOnlyList<string> _holders = [];
    private IReadOnlyDictionary<string, string>? _errors;
    private string? _failure;

    [CascadingParameter]
    public IMudDialogInstance Instance { get; set; } = default!;

    [CascadingParameter]
    public UserClock Clock { get; set; } = default!;

    private string ExpiryHint => string.Format(CultureInfo.InvariantCulture, TokensTexts.ExpiryHint, Clock.Minute(_expiry.From(time.GetUtcNow())));

    private string? ScopesHint => _environment == TokenEnvironment.Production ? TokensTexts.ScopesHintProduction : TokensTexts.ScopesHint;

    private string AllowlistHint => _environment == TokenEnvironment.Production ? TokensTexts.AllowlistHintProduction : TokensTexts.AllowlistHint;

    protected override async Task OnInitializedAsync()
    {
        OnEnvironment();
        await RestoreDraftAsync();
        var holders = await listHolders.HandleAsync(await current.GetAsync(), CancellationToken.None);
        _holders = holders.Value ?? [];
    }

    private void OnEnvironment()
    {
        if (!_scopesTouched)
            _scopes = [.. TokenScopes.DefaultsFor(_environment)];
    }

    private void Preset(TokenEnvironment environment) => (_scopes, _scopesTouched) = ([.. TokenScopes.DefaultsFor(environment)], true);

    private string? Error(string field) => _errors?.GetValueOrDefault(field);

    private async Task SubmitAsync()
    {
        var request = new CreateApiTokenRequest(_name, _environment, _expiry, _scopes, _allowlist, _holder, _cashier.Take());
        var result = await create.HandleAsync(request, await current.GetAsync(), CancellationToken.None);
        (_errors, _failure) = FormErrors.Of(result);
        if (!result.Succeeded)
            return;
        Instance.Close(result.Value);
        Drafts.Forget(js, DraftKey);
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

using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Lifecycle;
using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.Common;
using FinConsole.Core.Usage.Reports;
using FinConsole.Web.Components.Dialogs;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace FinConsole.Web.ApiTokens;

/// <summary>What is done to several tokens at once.</summary>
public enum TokenBatch
{
    Invalidate,
    Disable,
    Enable,
}

/// <summary>Asks once for several tokens, and shows what became of each where not all went the same way. Closes with what is to be said.</summary>
public sealed partial class TokenBatchDialog(ChangeSeveralTokens change, ShowTokenTraffic traffic, CurrentActor current)
{
    /// <summary>What is typed before tokens of this environment end; no translation, since it stands beside the field.</summary>
    private const string Word = "production";

    private static readonly InvalidationReason?[] Reasons = [.. Enum.GetValues<InvalidationReason>()];

    private IReadOnlyDictionary<Guid, TokenTraffic>? _traffic;
    private IReadOnlyList<TokenOutcome>? _outcomes;
    private InvalidationReason? _reason;
    private string? _comment;
    private string? _typed;
    private IReadOnlyDictionary<string, string>? _errors;
    private string? _failure;

    [CascadingParameter]
    public IMudDialogInstance Instance { get; set; } = default!;

    [Parameter, EditorRequired]
    public TokenBatch Batch { get; set; }

    [Parameter, EditorRequired]
    public IReadOnlyList<TokenView> Tokens { get; set; } = [];

    private string Title => Batch switch
    {
        TokenBatch.Invalidate => Count(TokensTexts.BatchInvalidateOne, TokensTexts.BatchInvalidateMany, Tokens.Count),
        TokenBatch.Disable => Count(TokensTexts.BatchDisableOne, TokensTexts.BatchDisableMany, Tokens.Count),
        TokenBatch.Enable => Count(TokensTexts.BatchEnableOne, TokensTexts.BatchEnableMany, Tokens.Count),
    };

    private string Verb => Batch switch
    {
        TokenBatch.Invalidate => TokensTexts.BatchInvalidateVerb,
        TokenBatch.Disable => TokensTexts.BatchDisableVerb,
        TokenBatch.Enable => TokensTexts.BatchEnableVerb,
    };

    private int Changed => _outcomes?.Count(outcome => outcome.Refusal is null) ?? 0;

    private int Production => Tokens.Count(token => token.Environment == TokenEnvironment.Production);

    private bool AsksToType => Batch == TokenBatch.Invalidate && Production > 0;

    private bool Typed => !AsksToType || string.Equals(_typed?.Trim(), Word, StringComparison.OrdinalIgnoreCase);

    private string ProductionText => Count(TokensTexts.BatchProductionOne, TokensTexts.BatchProductionMany, Production);

    protected override async Task OnInitializedAsync() =>
        _traffic = (await traffic.HandleAsync([.. Tokens.Select(token => token.Id)], await current.GetAsync(), CancellationToken.None)).Value;

    private static string Count(string one, string many, int count) => count == 1 ? one : Texts.Format(many, count);

    private string RequestsOf(TokenView token) => _traffic?.GetValueOrDefault(token.Id) is { } used ? Texts.Format(TokensTexts.BatchLastDay, RequestCount.Of(used.LastDay.Requests)) : "";

    private string DoneText(TokenOutcome outcome) => (outcome.Changed, Batch) switch
    {
        (false, _) => TokensTexts.BatchWasSo,
        (_, TokenBatch.Invalidate) => TokensTexts.BatchInvalidated,
        (_, TokenBatch.Disable) => TokensTexts.BatchDisabled,
        (_, TokenBatch.Enable) => TokensTexts.BatchEnabled,
    };

    private async Task SubmitAsync()
    {
        IReadOnlyList<Guid> ids = [.. Tokens.Select(token => token.Id)];
        var actor = await current.GetAsync();
        // No reason chosen is no reason defined: Core says so in its own words.
        var result = Batch == TokenBatch.Invalidate
            ? await change.InvalidateAsync(new InvalidateApiTokensRequest(ids, _reason ?? default, _comment), actor, CancellationToken.None)
            : await change.SetDisabledAsync(ids, Batch == TokenBatch.Disable, actor, CancellationToken.None);
        (_errors, _failure) = FormErrors.Of(result);
        if (!result.Succeeded)
            return;
        _outcomes = result.Value;
        if (Changed == _outcomes.Count)
            GiveUp();
    }

    // After the deed, closing says what was done.
    private void GiveUp()
    {
        if (_outcomes is null)
            Instance.Cancel();
        else
            Instance.Close(Said());
    }

    private string Said() => Changed < _outcomes!.Count ? Texts.Format(TokensTexts.BatchPartly, Changed, _outcomes.Count) : Batch switch
    {
        TokenBatch.Invalidate => Count(TokensTexts.BatchSaidInvalidatedOne, TokensTexts.BatchSaidInvalidated, Changed),
        TokenBatch.Disable => Count(TokensTexts.BatchSaidDisabledOne, TokensTexts.BatchSaidDisabled, Changed),
        TokenBatch.Enable => Count(TokensTexts.BatchSaidEnabledOne, TokensTexts.BatchSaidEnabled, Changed),
    };
}

using FinConsole.Core.Audit.Search;
using FinConsole.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace FinConsole.Web.Audit;

/// <summary>The search as text. What it means is the page's business; the field shows what is wrong with it, at the word.</summary>
public sealed partial class AuditSearchBox(IJSRuntime js)
{
    private static readonly AuditSuggestionList Nothing = new(0, 0, []);

    private ElementReference _input;
    private AuditSuggestionList _list = Nothing;
    private AuditSearchFault? _shownFault;
    // Beside the field's value, which is the search in force: rendering what was typed a moment ago would take back what was typed since.
    private string _text = "";
    private string? _shown;

    /// <summary>The search in force.</summary>
    [Parameter, EditorRequired]
    public string Query { get; set; } = "";

    /// <summary>What is wrong with it.</summary>
    [Parameter]
    public AuditSearchFault? Fault { get; set; }

    /// <summary>Names to suggest.</summary>
    [Parameter]
    public AuditNames Names { get; set; } = AuditNames.None;

    [Parameter]
    public EventCallback<string> OnSearch { get; set; }

    protected override void OnParametersSet()
    {
        if (_shown == Query)
            return;
        (_shown, _text, _list) = (Query, Query, Nothing);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_shownFault == Fault)
            return;
        _shownFault = Fault;
        if (Fault is { } fault)
            await js.TryInvokeVoidAsync("fc.selectIn", _input, fault.Start, fault.Length);
    }

    private async Task SuggestAsync(EventArgs happened)
    {
        if (happened is ChangeEventArgs { Value: string typed })
            _text = typed;
        var caret = await js.InvokeAsync<int>("fc.caretOf", _input);
        _list = AuditSuggestions.Of(_text, caret, Names);
    }

    private async Task SubmitAsync()
    {
        _list = Nothing;
        _shownFault = null;
        await OnSearch.InvokeAsync(_text.Trim());
    }
}

using FinConsole.Core.Audit.Search;
using FinConsole.Web.Components.Lists;
using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.Audit;

/// <summary>Controls over the search's text: they show what it says once and plainly, and are empty where it says more.</summary>
public sealed partial class AuditFilters
{
    [Parameter, EditorRequired]
    public string Query { get; set; } = "";

    [Parameter]
    public EventCallback<string> OnSearch { get; set; }

    /// <summary>What stands before the filters, also where they are folded.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    private Period? Period => Field(AuditFields.Until).Length == 0 ? Periods.Find(Field(AuditFields.Since)) : null;

    private int Active =>
        new[] { AuditFields.Action, AuditFields.Actor, AuditFields.Result, AuditFields.Since, AuditFields.Until }.Count(name => Field(name).Length > 0);

    // A search may say what no list holds.
    private string Known => Field(AuditFields.Action).ToLowerInvariant() is var typed && AuditOptions.Has(typed) ? typed : "";

    private string Field(string name) => AuditSearchEdit.Get(Query, name) ?? "";

    private Task SetAsync(string name, string? value) => OnSearch.InvokeAsync(AuditSearchEdit.Set(Query, name, string.IsNullOrWhiteSpace(value) ? null : value.Trim()));

    private Task SetRangeAsync(string? since, string? until) =>
        OnSearch.InvokeAsync(AuditSearchEdit.Set(AuditSearchEdit.Set(Query, AuditFields.Since, since), AuditFields.Until, until));
}

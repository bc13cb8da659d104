using FinConsole.Core.Audit.Listing;
using FinConsole.Core.Common;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;
using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.Audit;

/// <summary>The tenant's audit log, newest first. The address carries the filters, so that a view can be shared.</summary>
public sealed partial class AuditPage(ListAuditEntries list, CurrentActor current, NavigationManager navigation)
{
    private AuditQuery _query = AuditQuery.Read(null, null, null, null, null);
    private Page<AuditRow>? _page;
    private AuditRow? _open;
    private string? _failure;
    private int _loads;

    [SupplyParameterFromQuery(Name = "action")]
    public string? Action { get; set; }

    [SupplyParameterFromQuery(Name = "actor")]
    public string? Actor { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    public string? From { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    public string? To { get; set; }

    [SupplyParameterFromQuery(Name = "before")]
    public string? Before { get; set; }

    [CascadingParameter]
    public ReaderClock Clock { get; set; } = default!;

    private NavigationManager Navigation => navigation;

    protected override async Task OnParametersSetAsync()
    {
        var load = ++_loads;
        _query = AuditQuery.Read(Action, Actor, From, To, Before);
        var result = await list.HandleAsync(_query.ToFilter(Clock.Zone), await current.GetAsync(), CancellationToken.None);
        if (load != _loads)
            return;
        (_failure, _page) = (result.Error?.Message, result.Value ?? _page);
    }

    private void Go(string name, string? value) => navigation.NavigateTo(
        navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { [name] = string.IsNullOrEmpty(value) ? null : value, ["before"] = null }), replace: true);
}

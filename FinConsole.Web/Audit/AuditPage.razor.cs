using FinConsole.Core.Audit.Listing;
using FinConsole.Core.Audit.Search;
using FinConsole.Core.Audit.Volumes;
using FinConsole.Core.Common;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;
using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.Audit;

/// <summary>The tenant's audit log, newest first. The address carries the search, so that a view can be shared.</summary>
public sealed partial class AuditPage(AuditQueries queries, CurrentActor current, NavigationManager navigation, TimeProvider time) : IDisposable
{
    private const string CursorKey = "before";
    private const int PageSize = 50;

    private string _query = "";
    private readonly List<IgnoredValue> _ignored = [];
    private string? _before;
    private AuditSearchFault? _fault;
    private AuditSearchPage? _page;
    private AuditVolumeView? _volume;
    private AuditNames _names = AuditNames.None;
    private AuditRow? _open;
    private string? _failure;
    private CancellationTokenSource _loading = new();

    [SupplyParameterFromQuery(Name = "q")]
    public string? Query { get; set; }

    [SupplyParameterFromQuery(Name = CursorKey)]
    public string? Before { get; set; }

    [CascadingParameter]
    public UserClock Clock { get; set; } = default!;

    private string ExportUrl => $"{ConsoleUrls.AuditExport}?q={Uri.EscapeDataString(_query)}&zone={Uri.EscapeDataString(Clock.Zone.Id)}";

    /// <summary>Where a search stands.</summary>
    internal static string Address(string query, string? before = null) =>
        ConsoleUrls.Audit + (query.Length == 0 ? "" : $"?q={Uri.EscapeDataString(query)}") + (before is null ? "" : $"{(query.Length == 0 ? '?' : '&')}before={Uri.EscapeDataString(before)}");

    public void Dispose()
    {
        _loading.Cancel();
        _loading.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        (_query, _open) = (Query?.Trim() ?? "", null);
        _ignored.Clear();
        _before = new AddressReader(_ignored).Cursor(CursorKey, Before);
        await LoadAsync();
    }

    // A search that nobody waits for any more ends at once: the next one would wait for it.
    private async Task LoadAsync()
    {
        await _loading.CancelAsync();
        _loading.Dispose();
        _loading = new CancellationTokenSource();
        var stop = _loading.Token;
        try
        {
            await LoadAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The next load, or leaving the page, took its place.
        }
    }

    // Rows first: the histogram may take longer, and nobody waits for it.
    private async Task LoadAsync(CancellationToken stop)
    {
        (var search, _fault) = AuditSearchParser.Parse(_query, new AuditSearchClock(time.GetUtcNow(), Clock.Zone));
        if (search is null)
        {
            _page = null;
            return;
        }

        var actor = await current.GetAsync();
        var found = await queries.Search.HandleAsync(search, _before, PageSize, actor, stop);
        if (stop.IsCancellationRequested)
            return;
        (_failure, _page) = (found.Error?.Message, found.Value ?? _page);
        if (!found.Succeeded)
            return;
        StateHasChanged();
        var volume = await Task.Run(() => queries.Volume.HandleAsync(search, Clock.Zone, actor, stop), stop);
        if (stop.IsCancellationRequested)
            return;
        _volume = volume.Value ?? new AuditVolumeView([], AuditBarUnit.Hour);
        if (_names == AuditNames.None)
            _names = (await queries.Names.HandleAsync(actor, stop)).Value ?? AuditNames.None;
    }

    private void Go(string query) => navigation.NavigateTo(Address(query.Trim()));

    // Whole days read as days; anything finer names its zone, so that the link means the same to everybody.
    private void Narrow(AuditBar bar)
    {
        var (first, last) = (Clock.DayOf(bar.From), Clock.DayOf(bar.To.AddTicks(-1)));
        var days = Clock.StartOf(first) == bar.From && Clock.EndOf(last) == bar.To;
        var since = days ? Texts.Format("{0:yyyy-MM-dd}", first) : AuditTimes.Write(bar.From);
        var until = days ? Texts.Format("{0:yyyy-MM-dd}", last) : AuditTimes.Write(bar.To);
        Go(AuditSearchEdit.Set(AuditSearchEdit.Set(_query, AuditFields.Since, since), AuditFields.Until, until));
    }
}

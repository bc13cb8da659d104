using System.Globalization;
using System.Security.Claims;
using FinConsole.Core.Audit.Listing;
using FinConsole.Core.Audit.Search;
using FinConsole.Core.Audit.Volumes;
using FinConsole.Core.Common;
using FinConsole.Core.SavedViews;
using FinConsole.Web.Components.Dialogs;
using FinConsole.Web.Components.Lists;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;
using FinConsole.Web.SavedViews;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace FinConsole.Web.Audit;

/// <summary>The tenant's audit log, newest first. The address carries the search, so that a view can be shared.</summary>
public sealed partial class AuditPage(AuditQueries queries, IDialogService dialogs, CurrentActor current, NavigationManager navigation, TimeProvider time) : IDisposable
{
    private const string QueryKey = "q";
    private const string CursorKey = "before";
    private const string EntryKey = "entry";
    private const int PageSize = 50;

    private string _query = "";
    private readonly List<IgnoredValue> _ignored = [];
    private string? _before;
    private AuditSearchFault? _fault;
    private AuditSearchPage? _page;
    private IReadOnlyList<long> _sequences = [];
    private RowBatch? _rows;
    private AuditVolumeView? _volume;
    private AuditNames _names = AuditNames.None;
    private RowDrawer? _drawer;
    private long? _asked;
    private AuditRow? _open;
    private string? _failure;
    private string? _shown;
    private string? _shownEntry;
    private CancellationTokenSource _loading = new();
    private bool _gone;

    [SupplyParameterFromQuery(Name = QueryKey)]
    public string? Query { get; set; }

    [SupplyParameterFromQuery(Name = CursorKey)]
    public string? Before { get; set; }

    [SupplyParameterFromQuery(Name = EntryKey)]
    public string? Entry { get; set; }

    [CascadingParameter]
    public UserClock Clock { get; set; } = default!;

    private string ExportUrl => $"{ConsoleUrls.AuditExport}?q={Uri.EscapeDataString(_query)}&zone={Uri.EscapeDataString(Clock.Zone.Id)}";

    private ViewedList Viewed => new(SavedViewList.AuditLog, ConsoleUrls.Audit, Filters(_query), (_, value) => Parse(value).Fault?.Message);

    /// <summary>Where a search stands.</summary>
    internal static string Address(string query, string? before = null) =>
        ConsoleUrls.Audit + (query.Length == 0 ? "" : $"?{Filters(query)}") + (before is null ? "" : $"{(query.Length == 0 ? '?' : '&')}before={Uri.EscapeDataString(before)}");

    private static string Filters(string query) => query.Length == 0 ? "" : $"{QueryKey}={Uri.EscapeDataString(query)}";

    public void Dispose()
    {
        _gone = true;
        _drawer?.Dispose();
        _loading.Cancel();
        _loading.Dispose();
    }

    protected override void OnInitialized() => _drawer = new RowDrawer(dialogs, navigation, EntryKey, () => _sequences);

    protected override Task OnAfterRenderAsync(bool firstRender) => _drawer!.FollowAsync<AuditDrawer>(
        _open?.Sequence,
        () => new() { { drawer => drawer.Entry, _open }, { drawer => drawer.Address, _drawer! } },
        drawer => drawer.ShowAsync(_open!));

    protected override void Prepare(ClaimsPrincipal user)
    {
        _ignored.Clear();
        var address = new AddressReader(_ignored);
        (_query, _before) = (Query?.Trim() ?? "", address.Cursor(CursorKey, Before));
        _asked = address.Number(EntryKey, Entry);
        if (_asked is null)
            _open = null;
    }

    protected override async Task OnParametersSetAsync()
    {
        // Opening, moving and closing the drawer changes the address too, and nothing else; the same search once more reads anew.
        var wanted = Address(_query, _before);
        var same = wanted == _shown && Entry != _shownEntry;
        (_shown, _shownEntry) = (wanted, Entry);
        if (_asked is { } sequence && _open?.Sequence != sequence)
            await ReadAsync(sequence);
        if (!same)
            await LoadAsync();
    }

    private void Open(string row)
    {
        if (_sequences.Cast<long?>().FirstOrDefault(sequence => AuditCells.IdOf(sequence!.Value) == row) is { } pressed)
            _drawer!.Open(pressed);
    }

    // A link to an entry shows it wherever it stands: whoever follows the link later has another first page.
    private async Task ReadAsync(long sequence)
    {
        var asked = Entry;
        var before = new Cursor((sequence + 1).ToString(CultureInfo.InvariantCulture), "").ToString();
        var found = (await queries.Search.HandleAsync(AuditSearch.Everything, before, 1, await current.GetAsync(), CancellationToken.None)).Value?.Items.FirstOrDefault();
        if (asked != Entry)
            return;
        _open = found?.Sequence == sequence ? found : null;
        if (_open is null)
            _ignored.Add(new IgnoredValue(EntryKey, Entry!));
    }

    // A search that nobody waits for any more ends at once: the next one would wait for it.
    private async Task LoadAsync()
    {
        // A verification that ends after its page was left asks for the rows as well.
        if (_gone)
            return;
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
        (var search, _fault) = Parse(_query);
        if (search is null)
        {
            _page = null;
            return;
        }

        var actor = await current.GetAsync();
        var found = await queries.Search.HandleAsync(search, _before, PageSize, actor, stop);
        if (stop.IsCancellationRequested)
            return;
        _failure = found.Error?.Message;
        if (!found.Succeeded)
            return;
        Show(found.Value);
        StateHasChanged();
        var volume = await Task.Run(() => queries.Volume.HandleAsync(search, Clock.Zone, actor, stop), stop);
        if (stop.IsCancellationRequested)
            return;
        _volume = volume.Value ?? new AuditVolumeView([], AuditBarUnit.Hour);
        if (_names == AuditNames.None)
            _names = (await queries.Names.HandleAsync(actor, stop)).Value ?? AuditNames.None;
    }

    // The browser keeps the rows; the page keeps their order.
    private void Show(AuditSearchPage page)
    {
        _page = page with { Items = [] };
        _sequences = [.. page.Items.Select(entry => entry.Sequence)];
        _rows = new RowBatch(AuditCells.Draw(page.Items, Clock));
    }

    private (AuditSearch? Search, AuditSearchFault? Fault) Parse(string query) => AuditSearchParser.Parse(query, new AuditSearchClock(time.GetUtcNow(), Clock.Zone));

    private void Go(string query) => navigation.NavigateTo(Address(SecretText.Mask(query.Trim())));

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

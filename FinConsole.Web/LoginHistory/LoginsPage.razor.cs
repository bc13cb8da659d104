using System.Security.Claims;
using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.LoginHistory.Listing;
using FinConsole.Core.SavedViews;
using FinConsole.Web.Components.Dialogs;
using FinConsole.Web.Components.Lists;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;
using FinConsole.Web.SavedViews;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace FinConsole.Web.LoginHistory;

/// <summary>Every attempt to get in, newest first and live. The address carries the filters and the open attempt, so that a view can be shared.</summary>
public sealed partial class LoginsPage(LoginQueries queries, IDialogService dialogs, CurrentActor current, ChangeFeed feed, NavigationManager navigation) : IDisposable
{
    private static readonly IReadOnlyDictionary<string, string> NoFaults = new Dictionary<string, string>();
    private static readonly IReadOnlyDictionary<Guid, FoundToken> NoTokens = new Dictionary<Guid, FoundToken>();

    private LoginListQuery _query = LoginListQuery.All;
    private readonly List<IgnoredValue> _ignored = [];
    private LoginListQuery _asked = LoginListQuery.All;
    private int _underWay;
    private LoginPage? _page;
    private IReadOnlyList<long> _ids = [];
    private RowBatch? _rows;
    private IReadOnlyDictionary<string, string> _faults = NoFaults;
    private IDisposable? _subscription;
    private Guid _tenant;
    private string? _failure;
    private string? _shown;
    private long? _open;
    private long _seen = long.MaxValue;
    private RowDrawer? _drawer;
    private Guid _reader;
    private CancellationTokenSource _loading = new();
    private int _waits;

    [SupplyParameterFromQuery(Name = LoginListQuery.SuspiciousKey)]
    public string? Suspicious { get; set; }

    [SupplyParameterFromQuery(Name = LoginListQuery.AccountKey)]
    public string? Account { get; set; }

    [SupplyParameterFromQuery(Name = LoginListQuery.IpKey)]
    public string? Ip { get; set; }

    [SupplyParameterFromQuery(Name = LoginListQuery.OutcomeKey)]
    public string? Outcome { get; set; }

    [SupplyParameterFromQuery(Name = LoginListQuery.CountryKey)]
    public string? Country { get; set; }

    [SupplyParameterFromQuery(Name = LoginListQuery.PeriodKey)]
    public string? Period { get; set; }

    [SupplyParameterFromQuery(Name = LoginListQuery.FromKey)]
    public string? From { get; set; }

    [SupplyParameterFromQuery(Name = LoginListQuery.ToKey)]
    public string? To { get; set; }

    [SupplyParameterFromQuery(Name = LoginListQuery.CursorKey)]
    public string? Cursor { get; set; }

    [SupplyParameterFromQuery(Name = LoginListQuery.AttemptKey)]
    public string? Attempt { get; set; }

    [CascadingParameter]
    public UserClock Clock { get; set; } = default!;

    private ViewedList Viewed => new(SavedViewList.LoginHistory, ConsoleUrls.Logins, _query.ToQueryString(), LoginListQuery.FaultOf);

    private bool IsLive => _query.Cursor is null;

    public void Dispose()
    {
        _drawer?.Dispose();
        _subscription?.Dispose();
        _loading.Cancel();
        _loading.Dispose();
    }

    // Before the first load: what comes while it runs is then in it, or heard of.
    protected override async Task OnInitializedAsync()
    {
        _drawer = new RowDrawer(dialogs, navigation, LoginListQuery.AttemptKey, () => _ids);
        var actor = await current.GetAsync();
        (_tenant, _reader) = (actor.TenantId, actor.Id);
        _subscription = feed.Listen(change => _ = HearAsync(change));
    }

    protected override Task OnAfterRenderAsync(bool firstRender) => _drawer!.FollowAsync<LoginDrawer>(
        _open,
        () => new() { { drawer => drawer.AttemptId, _open!.Value }, { drawer => drawer.Address, _drawer! } },
        drawer => drawer.ShowAsync(_open!.Value));

    protected override void Prepare(ClaimsPrincipal user)
    {
        _ignored.Clear();
        _query = LoginListQuery.Read(key => key switch
        {
            LoginListQuery.SuspiciousKey => Suspicious,
            LoginListQuery.AccountKey => Account,
            LoginListQuery.IpKey => Ip,
            LoginListQuery.OutcomeKey => Outcome,
            LoginListQuery.CountryKey => Country,
            LoginListQuery.PeriodKey => Period,
            LoginListQuery.FromKey => From,
            LoginListQuery.ToKey => To,
            _ => Cursor,
        }, _ignored);
        _open = new AddressReader(_ignored).Number(LoginListQuery.AttemptKey, Attempt);
    }

    protected override async Task OnParametersSetAsync()
    {
        // Opening and closing the drawer changes the address too, and nothing else.
        var wanted = $"{_query.ToQueryString()}|{_query.Cursor}";
        if (wanted == _shown)
            return;
        _shown = wanted;
        _underWay = Math.Max(0, _underWay - 1);
        _seen = long.MaxValue;
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        // A search that nobody waits for any more ends at once: the next one would wait for it.
        await _loading.CancelAsync();
        _loading.Dispose();
        _loading = new CancellationTokenSource();
        var stop = _loading.Token;
        Result<LoginPage> result;
        var known = NoTokens;
        try
        {
            var actor = await current.GetAsync();
            result = await queries.List.HandleAsync(_query.ToFilter(Clock), actor, stop);
            if (result.Value?.Rows.Select(row => row.TokenId).OfType<Guid>().ToHashSet() is { Count: > 0 } tokens)
                known = (await queries.Tokens.HandleAsync(tokens, actor, stop)).Value ?? NoTokens;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return;
        }

        if (stop.IsCancellationRequested)
            return;
        _faults = result.Error?.Fields ?? NoFaults;
        _failure = result.Error is { Fields.Count: 0 } error ? error.Message : null;
        if (result.Succeeded)
            Show(result.Value, known);
        else if (_faults.Count > 0)
            _page = null;
    }

    // The browser keeps the rows; the page keeps their order.
    private void Show(LoginPage page, IReadOnlyDictionary<Guid, FoundToken> tokens)
    {
        _page = page with { Rows = [] };
        _ids = [.. page.Rows.Select(row => row.Id)];
        _rows = new RowBatch(LoginCells.Draw(page.Rows, tokens, _reader, _seen, Clock));
    }

    private void Open(string row)
    {
        if (_ids.Cast<long?>().FirstOrDefault(id => LoginCells.IdOf(id!.Value) == row) is { } pressed)
            _drawer!.Open(pressed);
    }

    // What comes while a load waits for its turn is in that load.
    private async Task HearAsync(Change change)
    {
        if (change.Kind != ChangeKind.LoginAttempt || change.SubjectId != _tenant || Interlocked.Exchange(ref _waits, 1) == 1)
            return;
        try
        {
            await InvokeAsync(async () =>
            {
                Volatile.Write(ref _waits, 0);
                if (IsLive)
                {
                    _seen = _page is null ? long.MaxValue : _ids is [var newest, ..] ? newest : 0;
                    await LoadAsync();
                }

                StateHasChanged();
                if (_drawer!.Find<LoginDrawer>() is { } drawer)
                    await drawer.ReloadAsync();
            });
        }
        catch (ObjectDisposedException)
        {
            // The page was left while the news was on its way.
        }
    }

    // An address takes a moment to arrive; who changes two filters quickly means both, so the second goes on from what was asked for last.
    private void Go(Func<LoginListQuery, LoginListQuery> change)
    {
        var last = _underWay > 0 ? _asked : _query;
        var next = change(last);
        if (next == last)
            return;
        (_asked, _underWay) = (next, _underWay + 1);
        navigation.NavigateTo(next.ToQueryString() is { Length: > 0 } query ? $"{ConsoleUrls.Logins}?{query}" : ConsoleUrls.Logins, replace: true);
    }

    private string UriWith(string key, string? value) =>
        navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { [key] = value, [LoginListQuery.AttemptKey] = null });
}

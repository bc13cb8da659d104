using System.Globalization;
using System.Security.Claims;
using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using FinConsole.Core.Usage.Reports;
using FinConsole.Web.Components.Lists;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;
using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.ApiTokens;

/// <summary>The tenant's tokens. What another browser or instance does to one is shown here by itself, from the change table.</summary>
public sealed partial class TokensPage(TokenQueries queries, TokenDialogs dialogs, PageMenu menu, CurrentActor current, ChangeFeed feed, NavigationManager navigation)
{
    private TokenListQuery _query = TokenListQuery.Read(null, null, null, null, null);
    private readonly List<IgnoredValue> _ignored = [];
    private RowBatch? _rows;
    private int _count;
    private bool _selectable;
    private string? _nextCursor;
    private TokenCounts? _counts;
    private IReadOnlyDictionary<Guid, TokenTraffic> _traffic = new Dictionary<Guid, TokenTraffic>();
    private Guid? _linked;
    private string? _failure;
    private bool _loaded;
    private bool _mayManage;
    private Guid _tenantId;
    private int _loads;
    private IReadOnlySet<Guid> _boxes = new HashSet<Guid>();
    private IReadOnlyList<TokenView> _selected = [];

    [SupplyParameterFromQuery(Name = "q")]
    public string? Search { get; set; }

    [SupplyParameterFromQuery(Name = "status")]
    public string? Status { get; set; }

    [SupplyParameterFromQuery(Name = "environment")]
    public string? Environment { get; set; }

    [SupplyParameterFromQuery(Name = "sort")]
    public string? Sort { get; set; }

    [SupplyParameterFromQuery(Name = "after")]
    public string? After { get; set; }

    /// <summary>The id of a token whose rotation is asked for, by a link of another page.</summary>
    [SupplyParameterFromQuery(Name = "rotate")]
    public string? Rotate { get; set; }

    [CascadingParameter]
    public UserClock Clock { get; set; } = default!;

    protected override bool IsReady => _loaded;

    private string CountsText
    {
        get
        {
            var live = string.Format(CultureInfo.InvariantCulture, _counts!.Live == 1 ? TokensTexts.CountOne : TokensTexts.CountMany, _counts.Live);
            return _counts.Attention == 0 ? live : live + " · " + string.Format(CultureInfo.InvariantCulture, TokensTexts.CountAttention, _counts.Attention);
        }
    }

    protected override void Prepare(ClaimsPrincipal user)
    {
        _mayManage = user.FindRole()?.May(Permission.ManageTokens) == true;
        _tenantId = user.FindId(ConsoleClaims.Tenant) ?? Guid.Empty;
        _ignored.Clear();
        _query = TokenListQuery.Read(Search, Status, Environment, Sort, After, _ignored);
    }

    protected override void OnInitialized() =>
        Follow(feed, change => change.Kind is ChangeKind.Token or ChangeKind.TokenDetails && change.TenantId == _tenantId, ReloadAsync);

    protected override void OnAfterRender(bool firstRender)
    {
        if (Rotate is null || _rows is null || !Guid.TryParse(Rotate, out var id))
            return;
        _linked = id;
        Rotate = null;
        navigation.NavigateTo(navigation.GetUriWithQueryParameter("rotate", (string?)null), replace: true);
    }

    protected override async Task OnParametersSetAsync()
    {
        _loaded = false;
        var linked = _linked;
        _linked = null;
        await ReloadAsync();

        // Not before the address has changed: a navigation closes what is open.
        if (linked is not null && _mayManage && await FindAsync(row => row.Token.Id == linked) is { Token.CanRotate: true, Predecessor: null } found)
            await ActAsync(new TokenAction(TokenDialog.Rotate, found));
    }

    protected override async Task DoAsync(string action, Guid? subject)
    {
        if (action == PageAction.Create && _mayManage)
            await dialogs.CreateAsync(ReloadAsync);
        else if (action == PageAction.Identify)
            await dialogs.IdentifyAsync(_mayManage, ReloadAsync);
        else if (action == PageAction.Details && await FindAsync(row => row.Token.Id == subject || row.Predecessor?.Id == subject) is { } row)
            await ActAsync(new TokenAction(TokenDialog.Details, row));
    }

    private async Task ReloadAsync()
    {
        // Of loads that overlap, the last one asked for is shown.
        var load = ++_loads;
        var actor = await current.GetAsync();
        var page = await queries.List.HandleAsync(_query.ToFilter(), actor, CancellationToken.None);
        var counts = await queries.Count.HandleAsync(actor, CancellationToken.None);
        if (load != _loads)
            return;
        _failure = page.Error?.Message;
        _counts = counts.Value;
        _loaded = true;
        if (page.Value is not { } shown)
            return;
        Show(shown);
        StateHasChanged();

        // The list does not wait for what its tokens do.
        var ids = shown.Items.SelectMany(row => new[] { row.Token.Id, row.Predecessor?.Id ?? row.Token.Id }).ToHashSet();
        var traffic = await queries.Traffic.HandleAsync(ids, actor, CancellationToken.None);
        if (load != _loads)
            return;
        _traffic = traffic.Value ?? _traffic;
        Show(shown);
        StateHasChanged();
    }

    // The browser keeps the rows: what is done to one begins with reading it anew.
    private void Show(Page<TokenRow> page)
    {
        _rows = new RowBatch(page.Items.Select(row => TokenCells.Draw(row, _traffic.GetValueOrDefault(row.Token.Id), _mayManage, Clock)));
        (_count, _nextCursor) = (page.Items.Count, page.NextCursor);
        _selectable = _mayManage && page.Items.Any(row => !row.Token.HasEnded);
        _selected = SelectedOf(page);
    }

    // Rows leave while they are selected: what is no longer shown is not acted on.
    private IReadOnlyList<TokenView> SelectedOf(Page<TokenRow> page) =>
        [.. page.Items.Select(row => row.Token).Where(token => !token.HasEnded && _boxes.Contains(token.Id))];

    private async Task<TokenRow?> FindAsync(Func<TokenRow, bool> wanted) => (await ListAsync())?.Items.FirstOrDefault(wanted);

    private async Task<Page<TokenRow>?> ListAsync() =>
        (await queries.List.HandleAsync(_query.ToFilter(), await current.GetAsync(), CancellationToken.None)).Value;

    private async Task OnSearchAsync(ChangeEventArgs change)
    {
        if (await StopsTypingAsync())
            Go(search: SecretText.Mask(change.Value as string ?? ""));
    }

    private void Go(string? search = null, string? status = null, string? environment = null, string? sort = null) =>
        navigation.NavigateTo(
            navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
            {
                ["q"] = NullIfEmpty(search ?? _query.Search),
                ["status"] = NullIfEmpty((status ?? _query.Status) is TokenListQuery.Live ? null : status ?? _query.Status),
                ["environment"] = NullIfEmpty(environment ?? (_query.Environment is { } shown ? TokenApiValues.Environments.Of(shown) : null)),
                ["sort"] = NullIfEmpty((sort ?? TokenListQuery.Sorts.Of(_query.Sort)).Replace(TokenListQuery.Sorts.Of(TokenSort.Newest), "", StringComparison.Ordinal)),
                ["after"] = null,
            }),
            replace: true);

    // The list has no column for the order that it begins with: the second press on a column goes back to it.
    private void SortBy(TokenSort sort) => Go(sort: TokenListQuery.Sorts.Of(_query.Sort == sort ? TokenSort.Newest : sort));

    private string? SortOf(TokenSort sort) => _query.Sort == sort ? SortHeader.Ascending : null;

    private string UriFor(string? cursor) => navigation.GetUriWithQueryParameter("after", cursor);

    private async Task PressAsync(PressedEventArgs pressed)
    {
        if (await FindAsync(row => TokenCells.IdOf(row) == pressed.Row) is not { } row)
            await ReloadAsync();
        else if (pressed.Action == TokenCells.Menu)
            menu.Show(Texts.Format(TokensTexts.MoreActions, row.Token.Name), MenuOf(row));
        else if (Enum.TryParse<TokenDialog>(pressed.Action, out var dialog) && Enum.IsDefined(dialog))
            await ActAsync(new TokenAction(dialog, row));
    }

    private Task ActAsync(TokenAction action) => dialogs.ActAsync(action, _traffic, Clock, ReloadAsync);

    private async Task SelectAsync(IReadOnlySet<Guid> ids)
    {
        _boxes = ids;
        _selected = ids.Count == 0 || await ListAsync() is not { } page ? [] : SelectedOf(page);
    }

    private Task BatchAsync(TokenBatch batch) => dialogs.ActAsync(batch, _selected, ReloadAsync);

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

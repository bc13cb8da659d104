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
public sealed partial class TokensPage(TokenQueries queries, TokenDialogs dialogs, CurrentActor current, ChangeFeed feed, NavigationManager navigation)
{
    private TokenListQuery _query = TokenListQuery.Read(null, null, null, null, null);
    private readonly List<IgnoredValue> _ignored = [];
    private Page<TokenRow>? _page;
    private TokenCounts? _counts;
    private IReadOnlyDictionary<Guid, TokenTraffic> _traffic = new Dictionary<Guid, TokenTraffic>();
    private TokenRow? _linked;
    private string? _failure;
    private bool _loaded;
    private bool _mayManage;
    private Guid _tenantId;
    private int _loads;
    private IReadOnlySet<Guid> _selected = new HashSet<Guid>();

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

    // Rows leave while they are selected: what is no longer shown is not acted on.
    private IReadOnlyList<TokenView> Selected => [.. (_page?.Items ?? []).Select(row => row.Token).Where(token => !token.HasEnded && _selected.Contains(token.Id))];

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
        if (Rotate is null || _page is null || !Guid.TryParse(Rotate, out var id))
            return;
        _linked = _page.Items.FirstOrDefault(each => each.Token.Id == id);
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
        if (linked is { Token.CanRotate: true, Predecessor: null } && _mayManage)
            await ActAsync(new TokenAction(TokenDialog.Rotate, linked));
    }

    protected override Task DoAsync(string action, Guid? subject) => action switch
    {
        PageAction.Create when _mayManage => dialogs.CreateAsync(ReloadAsync),
        PageAction.Identify => dialogs.IdentifyAsync(_mayManage, ReloadAsync),
        PageAction.Details when _page?.Items.FirstOrDefault(row => row.Token.Id == subject || row.Predecessor?.Id == subject) is { } row =>
            ActAsync(new TokenAction(TokenDialog.Details, row)),
        _ => Task.CompletedTask,
    };

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
        _page = page.Value ?? _page;
        _counts = counts.Value;
        _loaded = true;
        StateHasChanged();

        // The list does not wait for what its tokens do.
        var shown = (_page?.Items ?? []).SelectMany(row => new[] { row.Token.Id, row.Predecessor?.Id ?? row.Token.Id }).ToHashSet();
        var traffic = await queries.Traffic.HandleAsync(shown, actor, CancellationToken.None);
        if (load != _loads)
            return;
        _traffic = traffic.Value ?? _traffic;
        StateHasChanged();
    }

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

    private Task ActAsync(TokenAction action) => dialogs.ActAsync(action, _traffic, Clock, ReloadAsync);

    private void Select(IReadOnlySet<Guid> ids) => _selected = ids;

    private Task BatchAsync(TokenBatch batch) => dialogs.ActAsync(batch, Selected, ReloadAsync);

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

using System.Security.Claims;
using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Team;
using FinConsole.Web.Hosting;
using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.Team;

/// <summary>The tenant's people and those who are invited. What another admin does is shown here by itself, from the change table.</summary>
public sealed partial class TeamPage(TeamLists lists, TeamDialogs dialogs, CurrentActor current, ChangeFeed feed, NavigationManager navigation)
{
    internal const string SearchKey = MemberListQuery.SearchKey;
    internal const string RoleKey = MemberListQuery.RoleKey;
    internal const string StatusKey = MemberListQuery.StatusKey;
    internal const string SortKey = MemberListQuery.SortKey;
    private const string CursorKey = MemberListQuery.CursorKey;

    private MemberListQuery _query = MemberListQuery.Read(null, null, null, null, null);
    private readonly List<IgnoredValue> _ignored = [];
    private Page<MemberView>? _page;
    private IReadOnlyList<InvitationView>? _invitations;
    private TeamCounts? _counts;
    private string? _failure;
    private Guid _tenantId;
    private int _loads;

    [SupplyParameterFromQuery(Name = SearchKey)]
    public string? Search { get; set; }

    [SupplyParameterFromQuery(Name = RoleKey)]
    public string? Role { get; set; }

    [SupplyParameterFromQuery(Name = StatusKey)]
    public string? Status { get; set; }

    [SupplyParameterFromQuery(Name = SortKey)]
    public string? Sort { get; set; }

    [SupplyParameterFromQuery(Name = CursorKey)]
    public string? After { get; set; }

    protected override bool IsReady => _page is not null;

    // The same figures as the overview's: what waits for an answer, and what no longer can be accepted.
    private string InvitationCounts
    {
        get
        {
            var expired = _invitations!.Count(invitation => invitation.Expired);
            return expired == 0 ? $"{_invitations!.Count}" : Texts.Format(TeamTexts.PendingAndExpired, _invitations!.Count - expired, expired);
        }
    }

    private bool IsAlone => _query.IsUnfiltered && _page!.Items.Count == 1 && _invitations is { Count: 0 };

    protected override void Prepare(ClaimsPrincipal user)
    {
        _tenantId = user.FindId(ConsoleClaims.Tenant) ?? Guid.Empty;
        _ignored.Clear();
        _query = MemberListQuery.Read(Search, Role, Status, Sort, After, _ignored);
    }

    protected override void OnInitialized() => Follow(feed, change => change.Kind == ChangeKind.Member && change.TenantId == _tenantId, ReloadAsync);

    protected override Task OnParametersSetAsync() => ReloadAsync();

    protected override Task DoAsync(string action, Guid? subject) => action == PageAction.Invite ? InviteAsync() : Task.CompletedTask;

    private async Task ReloadAsync()
    {
        // Of loads that overlap, the last one asked for is shown.
        var load = ++_loads;
        var actor = await current.GetAsync();
        var page = await lists.Members.HandleAsync(_query.ToFilter(), actor, CancellationToken.None);
        var invitations = await lists.Invitations.HandleAsync(actor, CancellationToken.None);
        var counts = await lists.Count.HandleAsync(actor, CancellationToken.None);
        if (load != _loads)
            return;
        _failure = page.Error?.Message;
        _page = page.Value ?? _page;
        _invitations = invitations.Value ?? _invitations;
        _counts = counts.Value;
        StateHasChanged();
    }

    private async Task OnSearchAsync(string? text)
    {
        if (await StopsTypingAsync())
            Go(KeyValuePair.Create(SearchKey, text is null ? null : SecretText.Mask(text)));
    }

    private void Go(KeyValuePair<string, string?> change)
    {
        var word = change.Key == SortKey && change.Value == MemberListQuery.Word(MemberSort.Name) ? null : change.Value;
        navigation.NavigateTo(
            navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { [change.Key] = string.IsNullOrEmpty(word) ? null : word, [CursorKey] = null }), replace: true);
    }

    private string UriFor(string? cursor) => navigation.GetUriWithQueryParameter(CursorKey, cursor);

    private Task InviteAsync() => dialogs.InviteAsync(ReloadAsync);

    private Task ActAsync(InvitationAction action) => dialogs.ActAsync(action, ReloadAsync);

    private Task ActAsync(MemberAction action) => dialogs.ActAsync(action, ReloadAsync);
}

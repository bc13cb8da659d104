using System.Globalization;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.Audit.Listing;
using FinConsole.Core.Checklist;
using FinConsole.Core.Common;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Core.Team;
using FinConsole.Core.Usage.Reports;
using FinConsole.Web.ApiTokens;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;
using FinConsole.Web.Usage;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace FinConsole.Web.Overview;

/// <summary>What needs attention, how many there are, and where to go.</summary>
public sealed partial class OverviewPage(OverviewQueries queries, CurrentActor current, TimeProvider time, NavigationManager navigation)
{
    private const int RecentEntries = 6;
    private TokenCounts? _counts;
    private IReadOnlyList<TokenView>? _urgent;
    private IReadOnlyList<AuditRow>? _recent;
    private IReadOnlyList<Finding>? _findings;
    private UsageView? _usage;
    private SetupChecklist? _checklist;
    private string? _failure;
    private bool _seesAccounts;
    private bool _seesTeam;
    private bool _mayReadAudit;

    [CascadingParameter]
    public Task<AuthenticationState> Authentication { get; set; } = default!;

    [CascadingParameter]
    public UserClock Clock { get; set; } = default!;

    private IEnumerable<Figure> Figures =>
    [
        new(OverviewTexts.Live, _counts?.Live, Text(OverviewTexts.InProduction, _counts?.Production), "key-round", "", ConsoleUrls.Tokens),
        new(OverviewTexts.Expiring, _counts?.Expiring, OverviewTexts.ExpiringNote, "clock", ToneOf(_counts?.Expiring), ConsoleUrls.Tokens + "?status=expiring&sort=expiressoonest"),
        new(OverviewTexts.Overdue, _counts?.Overdue, OverviewTexts.OverdueNote, "history", ToneOf(_counts?.Overdue), ConsoleUrls.TokensThatAre(TokenListQuery.Overdue)),
        new(OverviewTexts.Dormant, _counts?.Dormant, OverviewTexts.DormantNote, "moon", "", ConsoleUrls.TokensThatAre(TokenListQuery.Dormant)),
    ];

    protected override async Task OnInitializedAsync()
    {
        var user = (await Authentication).User;
        _mayReadAudit = user.May(Permission.ReadAudit);
        _seesTeam = user.May(Permission.ManageMembers);
        var seesKeys = user.May(Permission.ReadEncryptionKeys);
        _seesAccounts = _seesTeam || seesKeys;
        var actor = await current.GetAsync();
        _checklist = _seesTeam ? (await queries.Checklist.HandleAsync(actor, CancellationToken.None)).Value : null;
        var counts = await queries.Tokens.HandleAsync(actor, CancellationToken.None);
        var urgent = await queries.Attention.HandleAsync(actor, CancellationToken.None);
        (_counts, _urgent, _failure) = (counts.Value, urgent.Value, counts.Error?.Message);
        if (_mayReadAudit)
            _recent = (await queries.Audit.HandleAsync(new AuditFilter(Limit: RecentEntries), actor, CancellationToken.None)).Value?.Items;
        _usage = (await queries.Usage.HandleAsync(UsageListQuery.All.ToQuery(Clock), Clock.Zone, actor, CancellationToken.None)).Value;
        var team = _seesTeam ? (await queries.Team.HandleAsync(actor, CancellationToken.None)).Value : null;
        var key = seesKeys ? (await queries.Key.HandleAsync(actor, CancellationToken.None)).Value : null;
        _findings = [.. Findings(team, key)];
    }

    // What is wrong comes before what merely waits.
    private IEnumerable<Finding> Findings(TeamCounts? team, EncryptionKeyView? key)
    {
        if (team is { WithoutMfa: > 0 })
        {
            var text = team.WithoutMfa == 1 ? OverviewTexts.OneWithoutMfa : Text(OverviewTexts.WithoutMfa, team.WithoutMfa);
            yield return new(text, new Detail(Text(OverviewTexts.WithoutMfaDetail, team.Active)), ConsoleUrls.Team + "?status=withoutmfa", "warn", "shield-alert", OverviewTexts.WithoutMfaWord);
        }

        if (key is not null && key.IsOverdue(time.GetUtcNow()))
            yield return new(OverviewTexts.KeyOld, new Detail(OverviewTexts.KeyOldDetail, key.CreatedAt), ConsoleUrls.EncryptionKeys, "warn", "history", TokensTexts.Overdue);
        if (team is { Pending: > 0 })
        {
            var text = team.Pending == 1 ? OverviewTexts.OneInvitation : Text(OverviewTexts.Invitations, team.Pending);
            yield return new(text, new Detail(OverviewTexts.InvitationsDetail), ConsoleUrls.Team, "info", "mail", OverviewTexts.InvitationsWord);
        }

        if (team is { Expired: > 0 })
        {
            var text = team.Expired == 1 ? OverviewTexts.OneExpiredInvitation : Text(OverviewTexts.ExpiredInvitations, team.Expired);
            yield return new(text, new Detail(OverviewTexts.ExpiredInvitationsDetail), ConsoleUrls.Team, "mute", "timer-off", OverviewTexts.ExpiredInvitationsWord);
        }
    }

    private void ShowDay(UsageStep step) => navigation.NavigateTo(UsageListQuery.All.Narrowed(step, Clock).ToUrl());

    private static string ToneOf(int? number) => number > 0 ? "warn" : "";

    private static string Text(string format, int? number) => string.Format(CultureInfo.InvariantCulture, format, number ?? 0);

    private static (string Text, string Icon, string Tone) Describe(TokenView token) =>
        !token.CashierActive ? (TokensTexts.CashierGone, "shield-alert", "bad")
        : token.Status == TokenStatus.Expiring ? TokenLabels.Of(token.Status)
        : (TokensTexts.Overdue, "history", "warn");

    private static Detail Why(TokenView token) =>
        !token.CashierActive ? new Detail(TokensTexts.CashierGoneWhy)
        : token.Status == TokenStatus.Expiring ? new Detail(OverviewTexts.ExpiresWhen, token.ExpiresAt)
        : new Detail(OverviewTexts.CreatedWhen, token.CreatedAt);

    private RenderFragment Draw(Detail detail) => builder =>
    {
        if (detail.At is { } at)
            builder.AddContent(0, Timestamp.DrawIn(Clock, detail.Text, at));
        else
            builder.AddContent(1, detail.Text);
    };

    // With a place for a time, where there is one.
    private sealed record Detail(string Text, DateTimeOffset? At = null);

    private sealed record Finding(string Text, Detail Detail, string Url, string Tone, string Icon, string Word);

    private sealed record Figure(string Label, int? Number, string Note, string Icon, string Tone, string Url);
}

/// <summary>What the overview asks, each for those who may know.</summary>
public sealed record OverviewQueries(CountApiTokens Tokens, ListTokensNeedingAttention Attention, ListAuditEntries Audit, CountTeam Team, GetEncryptionKey Key, ShowUsage Usage,
    GetSetupChecklist Checklist);

using System.Globalization;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.Audit.Listing;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Web.ApiTokens;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace FinConsole.Web.Overview;

/// <summary>What needs attention, how many there are, and where to go.</summary>
public sealed partial class OverviewPage(CountApiTokens count, ListTokensNeedingAttention attention, ListAuditEntries audit, CurrentActor current)
{
    private const int RecentEntries = 6;
    private TokenCounts? _counts;
    private IReadOnlyList<TokenView>? _urgent;
    private IReadOnlyList<AuditRow>? _recent;
    private string? _failure;
    private bool _mayReadAudit;

    [CascadingParameter]
    public Task<AuthenticationState> Authentication { get; set; } = default!;

    [CascadingParameter]
    public ReaderClock Clock { get; set; } = default!;

    private IEnumerable<Figure> Figures =>
    [
        new(OverviewTexts.Live, _counts?.Live, Text(OverviewTexts.InProduction, _counts?.Production), "key-round", "", ConsoleUrls.Tokens),
        new(OverviewTexts.Expiring, _counts?.Expiring, OverviewTexts.ExpiringNote, "clock", ToneOf(_counts?.Expiring), ConsoleUrls.Tokens + "?status=expiring&sort=expiressoonest"),
        new(OverviewTexts.Overdue, _counts?.Overdue, OverviewTexts.OverdueNote, "history", ToneOf(_counts?.Overdue), ConsoleUrls.Tokens),
        new(OverviewTexts.Dormant, _counts?.Dormant, OverviewTexts.DormantNote, "moon", "", ConsoleUrls.Tokens),
    ];

    protected override async Task OnInitializedAsync()
    {
        _mayReadAudit = (await Authentication).User.FindRole()?.May(Right.ReadAudit) == true;
        var actor = await current.GetAsync();
        var counts = await count.HandleAsync(actor, CancellationToken.None);
        var urgent = await attention.HandleAsync(actor, CancellationToken.None);
        (_counts, _urgent, _failure) = (counts.Value, urgent.Value, counts.Error?.Message);
        if (_mayReadAudit)
            _recent = (await audit.HandleAsync(new AuditFilter(Limit: RecentEntries), actor, CancellationToken.None)).Value?.Items;
    }

    private static string ToneOf(int? number) => number > 0 ? "warn" : "";

    private static string Text(string format, int? number) => string.Format(CultureInfo.InvariantCulture, format, number ?? 0);

    private static (string Text, string Icon, string Tone) Words(TokenView token) =>
        !token.CashierActive ? (TokensTexts.CashierGone, "shield-alert", "bad")
        : token.Status == TokenStatus.Expiring ? TokenWords.Of(token.Status)
        : (TokensTexts.Overdue, "history", "warn");

    private string Why(TokenView token) =>
        !token.CashierActive ? TokensTexts.CashierGoneWhy
        : token.Status == TokenStatus.Expiring ? string.Format(CultureInfo.InvariantCulture, OverviewTexts.ExpiresWhen, Clock.Relative(token.ExpiresAt))
        : string.Format(CultureInfo.InvariantCulture, OverviewTexts.CreatedWhen, Clock.Relative(token.CreatedAt));

    private sealed record Figure(string Label, int? Number, string Note, string Icon, string Tone, string Url);
}

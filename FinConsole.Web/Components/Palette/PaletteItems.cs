using System.Security.Claims;
using FinConsole.Core.Common;
using FinConsole.Web.Components.Layout;
using FinConsole.Web.Hosting;

namespace FinConsole.Web.Components.Palette;

/// <summary>What the command palette offers without asking the database.</summary>
internal static class PaletteItems
{
    private static readonly Dictionary<string, string> Keywords = new()
    {
        [ConsoleUrls.Overview] = PaletteTexts.KeywordsOverview,
        [ConsoleUrls.Tokens] = PaletteTexts.KeywordsTokens,
        [ConsoleUrls.EncryptionKeys] = PaletteTexts.KeywordsKeys,
        [ConsoleUrls.Usage] = PaletteTexts.KeywordsUsage,
        [ConsoleUrls.Team] = PaletteTexts.KeywordsTeam,
        [ConsoleUrls.Policy] = PaletteTexts.KeywordsPolicy,
        [ConsoleUrls.Logins] = PaletteTexts.KeywordsLogins,
        [ConsoleUrls.Audit] = PaletteTexts.KeywordsAudit,
        [ConsoleUrls.Profile] = PaletteTexts.KeywordsProfile,
        [ConsoleUrls.Mfa] = PaletteTexts.KeywordsMfa,
        [ConsoleUrls.Sessions] = PaletteTexts.KeywordsSessions,
    };

    private static readonly (Permission Permission, PaletteItem Item)[] Views =
    [
        (Permission.ReadTokens, View("tokens-overdue", "clock", PaletteTexts.TokensOverdue, ConsoleUrls.TokensThatAre("overdue"))),
        (Permission.ReadTokens, View("tokens-dormant", "circle-pause", PaletteTexts.TokensDormant, ConsoleUrls.TokensThatAre("dormant"))),
        (Permission.ManageMembers, View("members-without-mfa", "users", PaletteTexts.MembersWithoutMfa, $"{ConsoleUrls.Team}?status=withoutmfa")),
        (Permission.ReadLoginHistory, View("logins-suspicious", "shield-alert", PaletteTexts.SuspiciousSignIns, $"{ConsoleUrls.Logins}?suspicious=1")),
        (Permission.ReadAudit, View("audit-failures", "circle-x", PaletteTexts.AuditFailures, ConsoleUrls.AuditSearch("result:failure"))),
        (Permission.UseOwnAccount, View("api-docs", "terminal", PaletteTexts.ApiReference, ConsoleUrls.ApiDocs)),
    ];

    private static readonly (Permission Permission, PaletteItem Item)[] Deeds =
    [
        (Permission.ManageTokens, Act("create-token", "plus", PaletteTexts.CreateToken, ConsoleUrls.To(ConsoleUrls.Tokens, PageAction.Create), PaletteTexts.KeywordsCreateToken)),
        (Permission.ReadTokens, Act("identify-token", "fingerprint", PaletteTexts.IdentifyToken, ConsoleUrls.To(ConsoleUrls.Tokens, PageAction.Identify), PaletteTexts.KeywordsIdentify)),
        (Permission.RotateEncryptionKeys, Act("rotate-key", "refresh-cw", PaletteTexts.RotateKey, ConsoleUrls.To(ConsoleUrls.EncryptionKeys, PageAction.Rotate), "")),
        (Permission.ManageMembers, Act("invite-member", "users", PaletteTexts.InviteMember, ConsoleUrls.To(ConsoleUrls.Team, PageAction.Invite), PaletteTexts.KeywordsInvite)),
        (Permission.UseOwnAccount, Act("switch-theme", "sun-moon", PaletteTexts.SwitchTheme, null, PaletteTexts.KeywordsTheme) with { Command = PaletteCommand.SwitchTheme }),
        (Permission.UseOwnAccount, Act("shortcuts", "keyboard", PaletteTexts.Shortcuts, null, PaletteTexts.KeywordsShortcuts) with { Command = PaletteCommand.ShowShortcuts }),
        (Permission.UseOwnAccount, Act("sign-out", "log-out", PaletteTexts.SignOut, ConsoleUrls.Logout, PaletteTexts.KeywordsSignOut)),
    ];

    public static IReadOnlyList<PaletteItem> Pages(ClaimsPrincipal user) =>
    [
        .. ConsolePages.Groups.SelectMany(group => group.Pages.Where(page => user.May(page.Permission)).Select(page => PageItem(page, group.Title))),
        .. Allowed(Views, user),
    ];

    public static IReadOnlyList<PaletteItem> Actions(ClaimsPrincipal user) => [.. Allowed(Deeds, user)];

    /// <summary>Where a text can be looked for at length.</summary>
    public static IReadOnlyList<PaletteItem> Searches(string text, ClaimsPrincipal user) =>
    [
        .. Allowed(
            [
                (Permission.ReadAudit, Look("audit", "scroll-text", PaletteTexts.SearchAudit, text, ConsoleUrls.AuditSearch(text))),
                (Permission.ReadLoginHistory, Look("logins", "history", PaletteTexts.SearchLogins, text, $"{ConsoleUrls.Logins}?account={Uri.EscapeDataString(text)}")),
                (Permission.ReadTokens, Look("tokens", "key-round", PaletteTexts.SearchTokens, text, $"{ConsoleUrls.Tokens}?q={Uri.EscapeDataString(text)}&status=all")),
                (Permission.ManageMembers, Look("team", "users", PaletteTexts.SearchTeam, text, ConsoleUrls.TeamSearch(text))),
            ],
            user),
    ];

    private static IEnumerable<PaletteItem> Allowed((Permission Permission, PaletteItem Item)[] items, ClaimsPrincipal user) =>
        items.Where(each => user.May(each.Permission)).Select(each => each.Item);

    private static PaletteItem PageItem(ConsolePage page, string? group) =>
        new($"page{page.Url.Replace('/', '-')}", page.Icon, page.Text, page.Url) { Detail = group, Keywords = Keywords.GetValueOrDefault(page.Url, "") };

    private static PaletteItem View(string key, string icon, string text, string url) => new($"view-{key}", icon, text, url) { Hidden = true };

    private static PaletteItem Act(string key, string icon, string text, string? url, string keywords) => new($"act-{key}", icon, text, url) { Keywords = keywords };

    private static PaletteItem Look(string key, string icon, string text, string words, string url) => new($"search-{key}", icon, Texts.Format(text, words), url);
}

using FinConsole.Core.Common;
using FinConsole.Web.Components.Shared;

namespace FinConsole.Web.Components.Layout;

/// <summary>A page as the navigation and the command palette name it.</summary>
/// <param name="Permission">Who lacks it is not offered the page.</param>
public sealed record ConsolePage(string Url, string Text, string Icon, Permission Permission)
{
    /// <summary>What the paths of the pages begin with that one link of the navigation stands for.</summary>
    public string? Section { get; init; }

    /// <summary>What the navigation's link says, where it stands for a section; empty for pages that the section's own tabs lead to.</summary>
    public string NavText { get; init; } = Text;
}

/// <summary>Pages under one heading.</summary>
/// <param name="Title">Null for the first, which needs none.</param>
public sealed record ConsolePageGroup(string? Title, IReadOnlyList<ConsolePage> Pages);

/// <summary>The pages that a member can go to, in the order of the navigation.</summary>
public static class ConsolePages
{
    public static readonly IReadOnlyList<ConsolePageGroup> Groups =
    [
        new(null, [new(ConsoleUrls.Overview, LayoutTexts.NavOverview, "layout-dashboard", Permission.UseConsole)]),
        new(LayoutTexts.NavSettings,
        [
            new(ConsoleUrls.Tokens, SharedTexts.TabTokens, "key-round", Permission.ReadTokens) { Section = ConsoleUrls.ApiConnections, NavText = LayoutTexts.NavApiConnections },
            new(ConsoleUrls.EncryptionKeys, SharedTexts.TabKeys, "lock-keyhole", Permission.ReadEncryptionKeys) { NavText = "" },
            new(ConsoleUrls.Usage, SharedTexts.TabUsage, "chart-column", Permission.ReadUsage) { NavText = "" },
            new(ConsoleUrls.Team, LayoutTexts.NavTeam, "users", Permission.ManageMembers),
            new(ConsoleUrls.Policy, LayoutTexts.NavPolicy, "sliders-horizontal", Permission.ManagePolicy),
        ]),
        new(LayoutTexts.NavSecurity,
        [
            new(ConsoleUrls.Logins, LayoutTexts.NavLogins, "history", Permission.ReadLoginHistory),
            new(ConsoleUrls.Audit, LayoutTexts.NavAudit, "scroll-text", Permission.ReadAudit),
        ]),
        new(LayoutTexts.NavAccount,
        [
            new(ConsoleUrls.Profile, LayoutTexts.NavProfile, "user", Permission.UseOwnAccount),
            new(ConsoleUrls.Password, LayoutTexts.NavPassword, "lock-keyhole", Permission.UseOwnAccount),
            new(ConsoleUrls.Mfa, LayoutTexts.NavMfa, "smartphone", Permission.SetUpMfa),
            new(ConsoleUrls.Sessions, LayoutTexts.NavSessions, "monitor", Permission.UseOwnAccount),
        ]),
    ];
}

using System.Diagnostics.CodeAnalysis;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.Audit;

/// <summary>The list of actions to choose from, by what they concern: drawn once for all pages, since it is the same for everybody.</summary>
[SuppressMessage("ApiDesign", "RS0030", Justification = "Made by EncodedHtml.")]
internal static class AuditOptions
{
    private static readonly IReadOnlyList<IGrouping<string, string>> Groups =
        [.. AuditActions.All.Select(action => action.Name()).GroupBy(name => name.Split('.')[0])];

    public static MarkupString Actions { get; } = EncodedHtml.Of($"<option value=\"\">{AuditTexts.ActionAll}</option>{Groups.Select(Draw)}");

    /// <summary>Whether the list holds an action, or a group of them.</summary>
    public static bool Has(string value) => Groups.Any(group => group.Key == value || group.Contains(value));

    private static MarkupString Draw(IGrouping<string, string> group) => EncodedHtml.Of(
        $"<optgroup label=\"{group.Key}\"><option value=\"{group.Key}\">{Texts.Format(AuditTexts.ActionGroup, group.Key)}</option>" +
        $"{group.Select(action => EncodedHtml.Of($"<option value=\"{action}\">{action}</option>"))}</optgroup>");
}

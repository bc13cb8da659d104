using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using FinConsole.Core.Usage;
using FinConsole.Core.Usage.Reports;
using FinConsole.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.Usage;

/// <summary>Draws the bars of a usage chart: markup, since an open page keeps what each element of its tree takes.</summary>
[SuppressMessage("ApiDesign", "RS0030", Justification = "Made by EncodedHtml.")]
internal static class UsageBars
{
    public static MarkupString Draw(UsageView view, UserClock clock)
    {
        var peak = Math.Max(1, view.Steps.Max(step => step.Counts.Requests));
        return EncodedHtml.Of($"{view.Steps.Select((step, place) => Draw(step, place, view, peak, clock))}");
    }

    /// <summary>The class of a status, which has its colour.</summary>
    public static string Class(UsageStatus status) => status.ToString().ToLowerInvariant();

    private static MarkupString Draw(UsageStep step, int place, UsageView view, long peak, UserClock clock)
    {
        var (sentence, tab) = (UsageLabels.Sentence(step, view.By, clock), place == view.Steps.Count - 1 ? 0 : -1);
        var parts = UsageLabels.Stack.Select(status => (status, Count: step.Counts.Share(status))).Where(part => part.Count > 0)
            .Select(part => EncodedHtml.Of($"<span class=\"{Class(part.status)}\" style=\"height:{Percent(part.Count, peak)}%\"></span>"));
        return EncodedHtml.Of(
            $"<button type=\"button\" tabindex=\"{tab}\" aria-label=\"{sentence}\" title=\"{sentence}\" data-fc-do=\"{place}\">{parts}</button>");
    }

    private static string Percent(long count, long peak) => (100.0 * count / peak).ToString("0.##", CultureInfo.InvariantCulture);
}

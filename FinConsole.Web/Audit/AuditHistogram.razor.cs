using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using FinConsole.Core.Audit.Volumes;
using FinConsole.Core.Common;
using FinConsole.Web.Components.Lists;
using FinConsole.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.Audit;

/// <summary>Volume over time, as bars.</summary>
[SuppressMessage("ApiDesign", "RS0030", Justification = "Made by EncodedHtml.")]
public sealed partial class AuditHistogram
{
    private AuditVolumeView? _drawn;

    /// <summary>Null while it is counted.</summary>
    [Parameter, EditorRequired]
    public AuditVolumeView? View { get; set; }

    [Parameter]
    public EventCallback<AuditBar> OnNarrow { get; set; }

    [CascadingParameter]
    public UserClock Clock { get; set; } = default!;

    /// <summary>The same bars are drawn once, whatever else the page learns.</summary>
    protected override bool ShouldRender() => !ReferenceEquals(View, _drawn);

    // Markup: an open page keeps what each element of its tree takes.
    private MarkupString Bars => EncodedHtml.Of($"{View!.Bars.Select(Draw)}");

    private string Summary
    {
        get
        {
            var sum = View!.Bars.Sum(bar => bar.Count ?? 0);
            var text = Entries(sum);
            var (from, to) = (Clock.Day(View.Bars[0].From), Clock.Day(View.Bars[^1].To.AddTicks(-1)));
            var period = from == to ? from : Texts.Format(AuditTexts.HistogramPeriod, from, to);
            return View.Bars.Any(bar => bar.Count is null)
                ? Texts.Format(AuditTexts.HistogramSumPart, text, period)
                : Texts.Format(AuditTexts.HistogramSum, text, period);
        }
    }

    private Task NarrowAsync(PressedEventArgs pressed) =>
        int.TryParse(pressed.Action, CultureInfo.InvariantCulture, out var place) && place >= 0 && place < View?.Bars.Count
            ? OnNarrow.InvokeAsync(View.Bars[place]) : Task.CompletedTask;

    private MarkupString Draw(AuditBar bar, int place)
    {
        var (name, css, tab) = (Describe(bar), bar.Count is null ? "unknown" : "", place == View!.Bars.Count - 1 ? 0 : -1);
        return EncodedHtml.Of(
            $"<button type=\"button\" class=\"{css}\" tabindex=\"{tab}\" aria-label=\"{name}\" title=\"{name}\" data-fc-do=\"{place}\">" +
            $"<span style=\"height:{Height(bar)}%\"></span></button>");
    }

    private static string Entries(long count) => count == 1 ? AuditTexts.EntriesOne : Texts.Format(AuditTexts.Entries, count.ToString("N0", CultureInfo.InvariantCulture));

    private string Describe(AuditBar bar) => $"{Name(bar)}, {(bar.Count is { } count ? Entries(count) : AuditTexts.NotCounted)}";

    private string Name(AuditBar bar)
    {
        var (from, last) = (Local(bar.From), Local(bar.To.AddTicks(-1)));
        return View!.Unit switch
        {
            AuditBarUnit.Hour or AuditBarUnit.QuarterDay => Texts.Format("{0:d MMM, HH:mm}–{1:HH:mm}", from, Local(bar.To)),
            AuditBarUnit.Day => Texts.Format("{0:d MMM}", from),
            AuditBarUnit.Week when from.Month == last.Month => Texts.Format("{0:%d}–{1:d MMM}", from, last),
            AuditBarUnit.Week => Texts.Format("{0:d MMM}–{1:d MMM}", from, last),
            AuditBarUnit.Month => Texts.Format("{0:MMM yyyy}", from),
        };
    }

    // The least that there is can still be seen, and pressed.
    private int Height(AuditBar bar)
    {
        if (bar.Count is not { } count)
            return 100;
        var most = View!.Bars.Max(each => each.Count ?? 0);
        return count == 0 ? 0 : (int)Math.Max(6, 100 * count / most);
    }

    private DateTime Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Clock.Zone).DateTime;
}

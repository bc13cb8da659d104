using System.Diagnostics.CodeAnalysis;
using FinConsole.Core.Audit.Listing;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Web.Components.Lists;
using FinConsole.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.Audit;

/// <summary>Draws an entry's row for a <see cref="RowList"/>.</summary>
[SuppressMessage("ApiDesign", "RS0030", Justification = "Made by EncodedHtml.")]
internal static class AuditCells
{
    /// <summary>The id of a row's element.</summary>
    public static string IdOf(long sequence) => Texts.Format("entry-{0}", sequence);

    /// <summary>A page of entries, each under the day it belongs to.</summary>
    /// <param name="entries">Newest first.</param>
    /// <param name="clock">The reader's.</param>
    public static IEnumerable<DrawnRow> Draw(IEnumerable<AuditRow> entries, UserClock clock) =>
        DayRows.Draw(entries, entry => entry.At, clock, 5, entry => Draw(entry, clock));

    private static DrawnRow Draw(AuditRow entry, UserClock clock)
    {
        var (subject, who) = (AuditWords.Subject(entry), $"{entry.ActorName} · {AuditWords.Of(entry.ActorKind)}");
        var open = Texts.Format(AuditTexts.OpenEntry, entry.Sequence);
        return new(IdOf(entry.Sequence), EncodedHtml.Of(
            $"<tr id=\"{IdOf(entry.Sequence)}\" data-testid=\"audit-row\" class=\"entry\">" +
            $"<td class=\"when fc-mono\">{Timestamp.Draw(clock, entry.At, "time")}<span class=\"fc-2\">#{entry.Sequence}</span></td>" +
            $"<td class=\"what\" title=\"{subject}\"><code class=\"fc-strong\">{entry.Action.Name()}</code><span class=\"fc-2\">{subject}</span></td>" +
            $"<td class=\"who\" title=\"{who}\"><span>{entry.ActorName}</span><span class=\"fc-2 fc-mono\">{entry.Ip}</span></td><td>{Result(entry.Result)}</td>" +
            $"<td class=\"open\">{RowButton.Open(open)}</td></tr>"));
    }

    private static MarkupString Result(AuditResult result) => result == AuditResult.Success
        ? Chip.Draw("ok", "circle-check", AuditTexts.Success, testId: "result")
        : Chip.Draw("bad", "circle-x", AuditTexts.Failure, testId: "result");
}

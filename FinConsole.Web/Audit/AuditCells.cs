using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using FinConsole.Core.Audit.Listing;
using FinConsole.Core.AuditLog;
using FinConsole.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.Audit;

/// <summary>What an entry's row says, as markup: one node a page keeps in place of dozens (see <see cref="Icon.Draw"/>).</summary>
[SuppressMessage("ApiDesign", "RS0030", Justification = "Made by EncodedHtml.")]
internal static class AuditCells
{
    /// <summary>All cells but the last, which opens it.</summary>
    public static MarkupString Draw(AuditRow entry, UserClock clock)
    {
        var (subject, who) = (AuditWords.Subject(entry), $"{entry.ActorName} · {AuditWords.Of(entry.ActorKind)}");
        return EncodedHtml.Of(
            $"<td class=\"when fc-mono\">{Timestamp.Draw(clock, entry.At, "time")}<span class=\"fc-2\">#{entry.Sequence.ToString(CultureInfo.InvariantCulture)}</span></td><td class=\"what\" title=\"{subject}\"><code class=\"fc-strong\">{entry.Action.Name()}</code><span class=\"fc-2\">{subject}</span></td><td class=\"who\" title=\"{who}\"><span>{entry.ActorName}</span><span class=\"fc-2 fc-mono\">{entry.Ip}</span></td><td>{Result(entry.Result)}</td>");
    }

    private static MarkupString Result(AuditResult result) => result == AuditResult.Success
        ? Chip.Draw("ok", "circle-check", AuditTexts.Success, testId: "result")
        : Chip.Draw("bad", "circle-x", AuditTexts.Failure, testId: "result");
}

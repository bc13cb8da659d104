using System.Diagnostics.CodeAnalysis;
using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.Common;
using FinConsole.Core.Usage.Reports;
using FinConsole.Web.Components.Lists;
using FinConsole.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.ApiTokens;

/// <summary>Draws the token that another replaces, beneath it, for a <see cref="RowList"/>: how long it works, and how far the rotation has come.</summary>
[SuppressMessage("ApiDesign", "RS0030", Justification = "Made by EncodedHtml.")]
internal static class RotationCells
{
    public static MarkupString Draw(TokenRow row, TokenTraffic? traffic, bool mayManage, UserClock clock)
    {
        if (row.Predecessor is not { } old)
            return default;
        var until = old.OverlapEndsAt is { } ends ? EncodedHtml.Of($"<span>{TokensTexts.WorksUntil} {Timestamp.Draw(clock, ends, "minute")}</span>")
            : EncodedHtml.Of($"<span>{TokensTexts.WorksUntilSaved}</span>");
        return EncodedHtml.Of(
            $"<tr class=\"pair\"><td colspan=\"6\"><span class=\"previous\" data-testid=\"predecessor\">{Icon.Draw("history")}" +
            $"<span>{TokensTexts.PreviousToken} <span class=\"fc-mono fc-nowrap\">{old.Masked}</span> {until}</span>" +
            $"{(traffic?.Rotation is { } rotation ? Progress(rotation, row.Token.Name, mayManage) : default)}</span></td></tr>");
    }

    // Traffic of both tokens, and whether the old one may go.
    private static MarkupString Progress(RotationTraffic rotation, string name, bool mayManage)
    {
        var quiet = UserClock.Describe(rotation.Quiet);
        var why = Texts.Format(TokensTexts.SafeToRetireWhy, quiet);
        var advice = rotation switch
        {
            { SafeToRetire: true } => why,
            { NewRequests: 0 } => TokensTexts.NotYetSafeUnused,
            _ => Texts.Format(TokensTexts.NotYetSafeBusy, quiet),
        };
        var counts = Texts.Format(TokensTexts.RotationCounts, RequestCount.Of(rotation.OldRequests), RequestCount.Of(rotation.NewRequests));
        return EncodedHtml.Of(
            $"<span class=\"progress\" data-testid=\"rotation-traffic\"><span class=\"told\">{Share(rotation)}<span>{counts}</span><span>{advice}</span></span>" +
            $"{(rotation.SafeToRetire ? Retire(why, name, mayManage) : default)}</span>");
    }

    private static MarkupString Share(RotationTraffic rotation) => rotation.OldRequests + rotation.NewRequests == 0 ? default : EncodedHtml.Of(
        $"<span class=\"share\" aria-hidden=\"true\"><span style=\"flex-grow:{rotation.OldRequests}\"></span><span class=\"new\" style=\"flex-grow:{rotation.NewRequests}\"></span></span>");

    private static MarkupString Retire(string why, string name, bool mayManage)
    {
        var button = mayManage ? RowButton.Of(nameof(TokenDialog.Retire), TokensTexts.RetireShort, Texts.Format(TokensTexts.RetireNamed, name)) : default;
        return EncodedHtml.Of($"<span class=\"safe\">{Chip.Draw("ok", "circle-check", TokensTexts.SafeToRetire, why, "safe-to-retire")}{button}</span>");
    }
}

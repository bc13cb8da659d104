using System.Diagnostics.CodeAnalysis;
using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.LoginHistory.Listing;
using FinConsole.Core.Policies;
using FinConsole.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.LoginHistory;

/// <summary>What an attempt's row says, as markup: one node a page keeps in place of dozens (see <see cref="Icon.Draw"/>).</summary>
[SuppressMessage("ApiDesign", "RS0030", Justification = "Made by EncodedHtml.")]
internal static class LoginCells
{
    /// <summary>All cells but the last, which opens it.</summary>
    /// <param name="row">The attempt.</param>
    /// <param name="token">The token that was presented, where it was one.</param>
    /// <param name="reader">The id of who looks at it.</param>
    /// <param name="clock">Theirs.</param>
    public static MarkupString Draw(LoginRow row, FoundToken? token, Guid reader, UserClock clock) => EncodedHtml.Of(
        $"<td class=\"when fc-mono\">{Timestamp.Draw(clock, row.At, "time")}</td><td class=\"who\" title=\"{row.Account}\">{Who(row, token)}</td><td class=\"outcome\">{Outcome(row, reader)}</td>{From(row)}<td class=\"risk\">{Risk(row)}</td>");

    private static MarkupString Who(LoginRow row, FoundToken? token)
    {
        if (row.Name is not null)
            return EncodedHtml.Of($"<span class=\"fc-strong\">{row.Name}</span><span class=\"fc-2\">{row.Account}</span>");
        if (row.TokenId is null)
            return EncodedHtml.Of($"<span class=\"fc-strong\">{row.Account}</span><span class=\"fc-2\">{LoginTexts.NobodysAccount}</span>");
        var link = token?.Token is { } presented ? EncodedHtml.Of($" <a href=\"{LoginLabels.UriOf(presented)}\">{presented.Name}</a>") : default;
        return EncodedHtml.Of($"<span class=\"fc-strong fc-mono\">{row.Account}</span><span class=\"fc-2\">{LoginTexts.AToken}{link}</span>{Successor(token)}");
    }

    private static MarkupString Successor(FoundToken? token) => token switch
    {
        null => default,
        { Successor: { } successor } => EncodedHtml.Of(
            $"<span class=\"fc-2\">{LoginTexts.ReplacedBy} <a class=\"fc-mono fc-nowrap\" href=\"{LoginLabels.UriOf(successor)}\">{successor.Masked}</a></span>"),
        _ => EncodedHtml.Of($"<span class=\"fc-2\">{LoginTexts.NotReplaced}</span>"),
    };

    private static MarkupString Outcome(LoginRow row, Guid reader)
    {
        var (tone, icon) = LoginLabels.Look(row.Outcome);
        var mark = row.Mark is { } said ? EncodedHtml.Of($" · <span class=\"fc-strong\" data-testid=\"mark\">{LoginLabels.Of(said, row.MemberId == reader)}</span>") : default;
        return EncodedHtml.Of($"{Chip.Draw(tone, icon, LoginLabels.Of(row.Outcome), testId: "outcome")}<span class=\"fc-2\">{LoginLabels.Of(row.Way)}{mark}</span>");
    }

    private static MarkupString From(LoginRow row)
    {
        var (place, device) = (LoginLabels.Place(row), row.Device ?? LoginTexts.DeviceUnknown);
        var session = row.SessionId is { } id ? EncodedHtml.Of($" · <span class=\"fc-mono fc-nowrap\" title=\"{LoginTexts.Session}\">{id.ToString("N")[^8..]}</span>") : default;
        return EncodedHtml.Of(
            $"<td class=\"from\" title=\"{place} · {device}\"><span class=\"fc-mono\">{row.Ip ?? "–"}</span><span class=\"fc-2\">{place}</span><span class=\"fc-2 device\">{device}{session}</span></td>");
    }

    private static MarkupString Risk(LoginRow row)
    {
        var (tone, icon) = LoginLabels.Look(row.Level);
        var chip = Chip.Draw(tone, icon, LoginLabels.Risk(row), testId: "risk");
        if (row.Flagged == 0)
            return chip;
        var reasons = RiskPolicy.Reasons.Where(reason => (row.Flagged & reason) != 0)
            .Select(reason => EncodedHtml.Of($"<li class=\"reason\" data-testid=\"reason\" title=\"{LoginLabels.Evidence(row, reason)}\">{RiskLabels.Name(reason)}</li>"));
        return EncodedHtml.Of($"{chip}<ul class=\"reasons\" aria-label=\"{LoginTexts.Reasons}\">{reasons}</ul>");
    }
}

using System.Diagnostics.CodeAnalysis;
using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.Common;
using FinConsole.Core.LoginHistory.Listing;
using FinConsole.Core.Policies;
using FinConsole.Web.Components.Lists;
using FinConsole.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.LoginHistory;

/// <summary>Draws an attempt's row for a <see cref="RowList"/>.</summary>
[SuppressMessage("ApiDesign", "RS0030", Justification = "Made by EncodedHtml.")]
internal static class LoginCells
{
    /// <summary>The id of a row's element.</summary>
    public static string IdOf(long attempt) => Texts.Format("attempt-{0}", attempt);

    /// <summary>A page of attempts, each under the day it belongs to.</summary>
    /// <param name="rows">Newest first.</param>
    /// <param name="tokens">What is known of the tokens that were presented.</param>
    /// <param name="reader">The id of who looks at them.</param>
    /// <param name="seen">The newest attempt that was there before: what came after it stands out.</param>
    /// <param name="clock">The reader's.</param>
    public static IEnumerable<DrawnRow> Draw(
        IEnumerable<LoginRow> rows, IReadOnlyDictionary<Guid, FoundToken> tokens, Guid reader, long seen, UserClock clock) => DayRows.Draw(
        rows, row => row.At, clock, 6, row => Draw(row, row.TokenId is { } id ? tokens.GetValueOrDefault(id) : null, reader, row.Id > seen, clock));

    private static DrawnRow Draw(LoginRow row, FoundToken? token, Guid reader, bool fresh, UserClock clock)
    {
        var open = Texts.Format(LoginTexts.OpenAttempt, row.Account, clock.Second(row.At));
        return new(IdOf(row.Id), EncodedHtml.Of(
            $"<tr id=\"{IdOf(row.Id)}\" data-testid=\"login-row\" data-suspicious=\"{(row.IsSuspicious ? "true" : "false")}\" class=\"{CssOf(row, fresh)}\">" +
            $"<td class=\"when fc-mono\">{Timestamp.Draw(clock, row.At, "time")}</td><td class=\"who\" title=\"{row.Account}\">{Who(row, token)}</td>" +
            $"<td class=\"outcome\">{Outcome(row, reader)}</td>{From(row)}<td class=\"risk\">{Risk(row)}</td><td class=\"open\">{RowButton.Open(open)}</td></tr>"));
    }

    private static string CssOf(LoginRow row, bool fresh)
    {
        string?[] words = ["attempt", row.IsSuspicious ? "suspicious" : null, row.IsSuspicious ? row.Level.ToString()!.ToLowerInvariant() : null, fresh ? "fresh" : null];
        return string.Join(' ', words.OfType<string>());
    }

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

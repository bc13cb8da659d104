using System.Diagnostics.CodeAnalysis;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.Common;
using FinConsole.Core.Usage.Reports;
using FinConsole.Web.Components.Lists;
using FinConsole.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.ApiTokens;

/// <summary>Draws a token for a <see cref="RowList"/>, with the one that it replaces nested under it while both work.</summary>
[SuppressMessage("ApiDesign", "RS0030", Justification = "Made by EncodedHtml.")]
internal static class TokenCells
{
    private const int ShownScopes = 2;

    /// <summary>The action of the button that opens a row's menu. The other buttons have the name of a <see cref="TokenDialog"/>.</summary>
    public const string Menu = "Menu";

    public static string IdOf(TokenRow row) => $"token-{row.Token.Id}";

    /// <param name="row">The token.</param>
    /// <param name="traffic">What it does, where that is known already.</param>
    /// <param name="mayManage">Whether the reader may act on it.</param>
    /// <param name="clock">The reader's.</param>
    public static DrawnRow Draw(TokenRow row, TokenTraffic? traffic, bool mayManage, UserClock clock)
    {
        var token = row.Token;
        return new(IdOf(row), EncodedHtml.Of(
            $"<tbody id=\"{IdOf(row)}\" data-testid=\"token-row\" class=\"{(token.HasEnded ? "ended" : "")}\"><tr><td class=\"what\">{What(token, mayManage)}</td>" +
            $"<td class=\"status\">{Status(row)}</td><td class=\"scopes\">{Scopes(token, traffic)}</td>" +
            $"<td class=\"used\"><span class=\"fc-cell-label\">{TokensTexts.ColumnLastUsed}</span>{Used(token, clock)}</td>" +
            $"<td class=\"expires\"><span class=\"fc-cell-label\">{TokensTexts.ColumnExpires}</span>{Expires(token, clock)}</td>" +
            $"<td class=\"actions\">{Actions(row, mayManage)}</td></tr>{RotationCells.Draw(row, traffic, mayManage, clock)}</tbody>"));
    }

    private static MarkupString What(TokenView token, bool mayManage)
    {
        var cashier = Texts.Format(TokensTexts.ActsAs, token.CashierEmail);
        return EncodedHtml.Of(
            $"{(mayManage && !token.HasEnded ? Box(token) : default)}" +
            $"<button type=\"button\" class=\"name\" data-fc-do=\"{nameof(TokenDialog.Details)}\">{token.Name}</button>" +
            $"<span class=\"env fc-2\">{TokenLabels.Of(token.Environment)}</span>" +
            $"<span class=\"fc-2 hangs\"><span class=\"fc-mono\">{token.Masked}</span> · <span title=\"{cashier}\">{cashier}</span></span>");
    }

    // Selects it (selection.js).
    private static MarkupString Box(TokenView token) => EncodedHtml.Of(
        $"<label class=\"pick fc-screen\"><input type=\"checkbox\" autocomplete=\"off\" data-fc-select=\"{token.Id.ToString()}" +
        $"\" aria-label=\"{Texts.Format(TokensTexts.Select, token.Name)}\"></label>");

    private static MarkupString Actions(TokenRow row, bool mayManage)
    {
        var token = row.Token;
        var button = (mayManage, row.Predecessor) switch
        {
            (true, null) when token.CanRotate => RowButton.Of(nameof(TokenDialog.Rotate), TokensTexts.Rotate, Texts.Format(TokensTexts.RotateNamed, token.Name)),
            // Somebody began a rotation and lost the secret: the old token still works, and the pending one can be made anew.
            (true, not null) when token.Status == TokenStatus.Pending =>
                RowButton.Of(nameof(TokenDialog.StartAgain), TokensTexts.StartAgain, Texts.Format(TokensTexts.StartAgainNamed, token.Name)),
            _ => default,
        };
        return EncodedHtml.Of($"{button}{RowButton.Menu(Menu, Texts.Format(TokensTexts.MoreActions, token.Name))}");
    }

    private static IEnumerable<MarkupString> Status(TokenRow row)
    {
        var (text, icon, tone) = TokenLabels.Of(row.Status);
        yield return Chip.Draw(tone, icon, text, testId: "status");
        if (!row.Token.CashierActive && !row.Token.HasEnded)
            yield return Chip.Draw("bad", "shield-alert", TokensTexts.CashierGone, TokensTexts.CashierGoneWhy);
        if (row.Token.Overdue && row.Predecessor is null)
            yield return Chip.Draw("warn", "history", TokensTexts.Overdue, TokensTexts.OverdueWhy);
        if (row.Token.Dormant)
            yield return Chip.Draw("mute", "moon", TokensTexts.Dormant, TokensTexts.DormantWhy);
    }

    private static MarkupString Scopes(TokenView token, TokenTraffic? traffic)
    {
        var shown = token.Scopes.Take(ShownScopes).Select(scope => ScopeWord.Draw(scope, traffic?.UnusedScopes.Contains(scope) == true));
        var more = token.Scopes.Count - ShownScopes;
        return more <= 0
            ? EncodedHtml.Of($"{shown}")
            : EncodedHtml.Of($"{shown}<span class=\"fc-2 more\" title=\"{string.Join(", ", token.Scopes)}\">{string.Format(TokensTexts.MoreScopes, more)}</span>");
    }

    private static MarkupString Used(TokenView token, UserClock clock) => token.LastUsedAt is { } used
        ? EncodedHtml.Of($"{Timestamp.Draw(clock, used)}<span class=\"fc-2 fc-mono\">{token.LastUsedIp}</span>")
        : EncodedHtml.Of(
            $"<span>{TokensTexts.Never}</span><span class=\"fc-2 made\" title=\"{string.Format(TokensTexts.By, token.CreatedBy)}\">{TokensTexts.CreatedLower} {Timestamp.Draw(clock, token.CreatedAt, "day")}</span>");

    private static MarkupString Expires(TokenView token, UserClock clock) => token.EndedAt is { } ended
        ? EncodedHtml.Of(
            $"<span>{TokenLabels.EndOf(token)}</span><span class=\"fc-2\">{Timestamp.Draw(clock, ended, "day")}{(token.EndedBy is { } by ? $" · {by.Split('@')[0]}" : null)}</span>")
        : EncodedHtml.Of($"{Timestamp.Draw(clock, token.ExpiresAt)}<span class=\"fc-2\">{Timestamp.Draw(clock, token.ExpiresAt, "day")}</span>");
}

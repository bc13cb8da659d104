using System.Diagnostics.CodeAnalysis;
using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.Usage.Reports;
using FinConsole.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.ApiTokens;

/// <summary>What a token's row says, as markup: one node a page keeps in place of dozens (see <see cref="Icon.Draw"/>).</summary>
[SuppressMessage("ApiDesign", "RS0030", Justification = "Made by EncodedHtml.")]
internal static class TokenCells
{
    private const int ShownScopes = 2;

    /// <summary>The box that selects it.</summary>
    public static MarkupString Select(TokenView token) => EncodedHtml.Of(
        $"<label class=\"pick fc-screen\"><input type=\"checkbox\" autocomplete=\"off\" data-fc-select=\"{token.Id.ToString()}\" aria-label=\"{string.Format(TokensTexts.Select, token.Name)}\"></label>");

    /// <summary>What stands beside and beneath its name.</summary>
    public static MarkupString About(TokenView token)
    {
        var cashier = string.Format(TokensTexts.ActsAs, token.CashierEmail);
        return EncodedHtml.Of(
            $"<span class=\"env fc-2\">{TokenLabels.Of(token.Environment)}</span><span class=\"fc-2 hangs\"><span class=\"fc-mono\">{token.Masked}</span> · <span title=\"{cashier}\">{cashier}</span></span>");
    }

    /// <summary>The cells of its status, scopes, last use and expiry.</summary>
    public static MarkupString Facts(TokenRow row, TokenTraffic? traffic, UserClock clock) => EncodedHtml.Of(
        $"<td class=\"status\">{Status(row)}</td><td class=\"scopes\">{Scopes(row.Token, traffic)}</td><td class=\"used\"><span class=\"fc-cell-label\">{TokensTexts.ColumnLastUsed}</span>{Used(row.Token, clock)}</td><td class=\"expires\"><span class=\"fc-cell-label\">{TokensTexts.ColumnExpires}</span>{Expires(row.Token, clock)}</td>");

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

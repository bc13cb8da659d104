using System.Diagnostics.CodeAnalysis;
using FinConsole.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.Components.Lists;

/// <summary>The buttons of rows of a <see cref="RowList"/>: a press raises its <see cref="RowList.OnAction"/>.</summary>
[SuppressMessage("ApiDesign", "RS0030", Justification = "Made by EncodedHtml.")]
internal static class RowButton
{
    /// <param name="action">What <see cref="PressedEventArgs.Action"/> says of it.</param>
    /// <param name="text">What it shows.</param>
    /// <param name="label">The same with the row's name in it, for those who hear the button alone.</param>
    public static MarkupString Of(string action, string text, string label) => EncodedHtml.Of(
        $"<button type=\"button\" class=\"{ButtonCss.SmallOutlined}\" aria-label=\"{label}\" data-fc-do=\"{action}\">{text}</button>");

    /// <summary>The one that a press anywhere in the row presses.</summary>
    public static MarkupString Open(string label) => EncodedHtml.Of(
        $"<button type=\"button\" class=\"{ButtonCss.SmallIcon}\" aria-label=\"{label}\" data-fc-do=\"open\" data-fc-row>{Icon.Draw("chevron-right")}</button>");

    /// <summary>The one that the page's menu opens at.</summary>
    public static MarkupString Menu(string action, string label) => EncodedHtml.Of(
        $"<button type=\"button\" class=\"{ButtonCss.SmallIcon}\" aria-label=\"{label}\" aria-haspopup=\"menu\" aria-expanded=\"false" +
        $"\" data-fc-menu data-fc-do=\"{action}\">{Icon.Draw("ellipsis")}</button>");
}

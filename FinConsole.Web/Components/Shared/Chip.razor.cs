using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.Components.Shared;

[SuppressMessage("ApiDesign", "RS0030", Justification = "Made by EncodedHtml.")]
public sealed partial class Chip
{
    /// <summary>The same as markup, for rows: see <see cref="Shared.Icon.Draw"/>.</summary>
    public static MarkupString Draw(string tone, string icon, string text, string? title = null, string? testId = null) => (title, testId) switch
    {
        (null, null) => EncodedHtml.Of($"<span class=\"{Css(tone)}\">{Shared.Icon.Draw(icon)}{text}</span>"),
        (null, _) => EncodedHtml.Of($"<span class=\"{Css(tone)}\" data-testid=\"{testId}\">{Shared.Icon.Draw(icon)}{text}</span>"),
        (_, null) => EncodedHtml.Of($"<span class=\"{Css(tone)}\" title=\"{title}\">{Shared.Icon.Draw(icon)}{text}</span>"),
        _ => EncodedHtml.Of($"<span class=\"{Css(tone)}\" title=\"{title}\" data-testid=\"{testId}\">{Shared.Icon.Draw(icon)}{text}</span>"),
    };
}

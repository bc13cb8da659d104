using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.Components.Shared;

[SuppressMessage("ApiDesign", "RS0030", Justification = "Made by EncodedHtml.")]
public sealed partial class Icon
{
    private static readonly ConcurrentDictionary<(string Name, string? Css), MarkupString> Drawn = new();

    /// <summary>
    /// The same as markup, one node of the tree of whoever asks: a component of its own keeps room for 32, and hundreds of them are most of
    /// what an open page costs. Every page shares the text of each.
    /// </summary>
    /// <param name="name">Of the sprite: a constant.</param>
    /// <param name="css">Further classes, constant as well.</param>
    public static MarkupString Draw(string name, string? css = null) => Drawn.GetOrAdd((name, css), static icon =>
        EncodedHtml.Of($"<svg class=\"fc-icon {icon.Css}\" aria-hidden=\"true\" focusable=\"false\"><use href=\"/icons.svg#{icon.Name}\"></use></svg>"));
}

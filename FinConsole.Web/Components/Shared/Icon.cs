using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.Components.Shared;

/// <summary>Symbols of the sprite. Decorative: the text beside one, or the button's label, says what it means.</summary>
[SuppressMessage("ApiDesign", "RS0030", Justification = "Made by EncodedHtml.")]
public static class Icon
{
    private static readonly ConcurrentDictionary<(string Name, string? Css), MarkupString> Drawn = new();

    /// <summary>
    /// One node of the tree of whoever asks: a component of its own would keep room for 32, and hundreds of them are most of what an open page
    /// costs. Every page shares the text of each.
    /// </summary>
    /// <param name="name">Of the sprite: a constant.</param>
    /// <param name="css">Further classes, constant as well.</param>
    public static MarkupString Draw(string name, string? css = null) => Drawn.GetOrAdd((name, css), static icon => EncodedHtml.Of(
        $"<svg class=\"{(icon.Css is null ? "fc-icon" : $"fc-icon {icon.Css}")}\" aria-hidden=\"true\"><use href=\"/icons.svg#{icon.Name}\"></use></svg>"));

    /// <summary>The same for MudBlazor's components, which put it into an svg element of theirs.</summary>
    public static string Of(string name) => $"<use href=\"/icons.svg#{name}\"></use>";
}

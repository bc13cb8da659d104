using System.Diagnostics.CodeAnalysis;
using FinConsole.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.ApiTokens;

[SuppressMessage("ApiDesign", "RS0030", Justification = "Made by EncodedHtml.")]
public sealed partial class ScopeWord
{
    /// <summary>The same as markup, for rows: see <see cref="Icon.Draw"/>.</summary>
    public static MarkupString Draw(string scope, bool unused) => unused
        ? EncodedHtml.Of($"<code class=\"fc-nowrap fc-unused\" title=\"{TokensTexts.UnusedScope}\">{scope}</code><span class=\"fc-hidden\">{TokensTexts.UnusedScope}</span>")
        : EncodedHtml.Of($"<code class=\"fc-nowrap\">{scope}</code>");
}

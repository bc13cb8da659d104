using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace FinConsole.Web.Components.Layout;

/// <summary>A link of the navigation that is the current one on every page of its section, not on its own page alone.</summary>
public sealed class SectionLink(NavigationManager navigation) : NavLink
{
    /// <summary>What the paths of the section's pages begin with.</summary>
    [Parameter]
    public string? Section { get; set; }

    protected override bool ShouldMatch(string uriAbsolute) =>
        base.ShouldMatch(uriAbsolute) || (Section is { } section && uriAbsolute.StartsWith(navigation.ToAbsoluteUri(section).AbsoluteUri, StringComparison.OrdinalIgnoreCase));
}

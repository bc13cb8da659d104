using FinConsole.Core.Common;
using FinConsole.Core.Members;

namespace FinConsole.Web.Components.Palette;

/// <summary>Finds things of one kind for the command palette. Each feature registers its own, so that the palette knows none of them.</summary>
public interface IPaletteSource
{
    /// <summary>The group's heading.</summary>
    string Title { get; }

    /// <summary>Who lacks it is never looked up anything for.</summary>
    Permission Permission { get; }

    /// <summary>Finds a few, the best first.</summary>
    /// <param name="words">Never empty.</param>
    /// <param name="actor">Core checks the permission again.</param>
    /// <param name="cancellationToken">Something else is looked for by now.</param>
    Task<Result<IReadOnlyList<PaletteItem>>> FindAsync(SearchWords words, Actor actor, CancellationToken cancellationToken);
}

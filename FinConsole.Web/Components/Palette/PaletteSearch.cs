using System.Security.Claims;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Web.Hosting;

namespace FinConsole.Web.Components.Palette;

/// <summary>What the features found.</summary>
/// <param name="Failure">Why a part of it could not be looked for; null when all went well.</param>
public sealed record PaletteFindings(IReadOnlyList<PaletteGroup> Groups, string? Failure)
{
    public static readonly PaletteFindings None = new([], null);
}

/// <summary>Puts together what the command palette offers, as far as the member may use it.</summary>
public sealed class PaletteSearch(IEnumerable<IPaletteSource> sources)
{
    /// <summary>Characters from which on the database is asked.</summary>
    public const int LeastText = 2;

    private const int MostListed = 8;
    private const int AsideRank = 10;

    /// <summary>Pages and actions that fit, and where else the text can be looked for. No query.</summary>
    public static IReadOnlyList<PaletteGroup> List(SearchWords words, ClaimsPrincipal user) =>
        [Fitting(PaletteTexts.Pages, PaletteItems.Pages(user), words), Fitting(PaletteTexts.Actions, PaletteItems.Actions(user), words)];

    /// <summary>The pages on which the text can be looked for at length.</summary>
    public static PaletteGroup Elsewhere(SearchWords words, ClaimsPrincipal user) => new(PaletteTexts.Search, words.IsEmpty ? [] : PaletteItems.Searches(words.Text, user));

    /// <summary>Asks every feature that the member may ask.</summary>
    /// <exception cref="OperationCanceledException">Something else is looked for by now.</exception>
    public async Task<PaletteFindings> FindAsync(SearchWords words, ClaimsPrincipal user, Actor actor, CancellationToken cancellationToken)
    {
        var groups = new List<PaletteGroup>();
        string? failure = null;
        foreach (var source in sources.Where(source => user.May(source.Permission)))
        {
            var found = await source.FindAsync(words, actor, cancellationToken);
            if (found.Succeeded)
                groups.Add(new PaletteGroup(source.Title, found.Value));
            else
                failure = found.Error.Message;
        }

        return new PaletteFindings(groups, failure);
    }

    /// <summary>Whether there is anything to ask the database for.</summary>
    public bool Asks(SearchWords words, ClaimsPrincipal user) => words.Text.Length >= LeastText && sources.Any(source => user.May(source.Permission));

    /// <summary>Of what was found for an earlier text, what fits the present one as well.</summary>
    public static PaletteFindings Narrow(PaletteFindings findings, SearchWords words) =>
        findings with { Groups = [.. findings.Groups.Select(group => group with { Items = [.. group.Items.Where(item => RankOf(item, words) is not null)] })] };

    private static PaletteGroup Fitting(string title, IReadOnlyList<PaletteItem> items, SearchWords words)
    {
        if (words.IsEmpty)
            return new PaletteGroup(title, [.. items.Where(item => !item.Hidden)]);
        var ranked = items.Select(item => (Item: item, Rank: RankOf(item, words))).Where(each => each.Rank is not null).OrderBy(each => each.Rank).Take(MostListed).ToList();
        return new PaletteGroup(title, [.. ranked.Select(each => each.Item)], Aside: ranked is [{ Rank: >= AsideRank }, ..]);
    }

    // What is not shown counts less than what is.
    private static int? RankOf(PaletteItem item, SearchWords words) =>
        words.Rank(item.Text) ?? (words.Rank($"{item.Text} {item.Detail} {item.Keywords}") + AsideRank);
}

using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.Team;
using FinConsole.Web.Components.Palette;

namespace FinConsole.Web.Team;

/// <summary>Finds members for the command palette: each leads to their row.</summary>
public sealed class MemberPaletteSource(LookUpMembers members) : IPaletteSource
{
    public string Title => TeamTexts.Members;

    public Permission Permission => Permission.ManageMembers;

    public async Task<Result<IReadOnlyList<PaletteItem>>> FindAsync(SearchWords words, Actor actor, CancellationToken cancellationToken)
    {
        var found = await members.HandleAsync(words.Text, actor, cancellationToken);
        return found.Succeeded ? found.Value.Select(ItemOf).ToList() : found.Error;
    }

    private static PaletteItem ItemOf(MemberMatch match) => new($"member-{match.Id:N}", "user", match.Name, ConsoleUrls.TeamSearch(match.Email))
    {
        Detail = $"{match.Email} · {match.Role.DisplayName()}{(match.Active ? "" : $" · {TeamTexts.Deactivated}")}",
    };
}

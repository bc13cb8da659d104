using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Web.Components.Palette;

namespace FinConsole.Web.ApiTokens;

/// <summary>Finds tokens for the command palette: each leads to its details.</summary>
public sealed class TokenPaletteSource(LookUpApiTokens tokens) : IPaletteSource
{
    public string Title => TokensTexts.PaletteTokens;

    public Permission Permission => Permission.ReadTokens;

    public async Task<Result<IReadOnlyList<PaletteItem>>> FindAsync(SearchWords words, Actor actor, CancellationToken cancellationToken)
    {
        var found = await tokens.HandleAsync(words.Text, actor, cancellationToken);
        return found.Succeeded ? found.Value.Select(ItemOf).ToList() : found.Error;
    }

    private static PaletteItem ItemOf(TokenMatch match) => new($"token-{match.Id:N}", "key-round", match.Name, ConsoleUrls.TokenDetails(match.Id, match.Name))
    {
        Detail = $"{match.Masked} · {TokenLabels.Of(match.Environment)} · {TokenLabels.Of(match.Status).Text}",
    };
}

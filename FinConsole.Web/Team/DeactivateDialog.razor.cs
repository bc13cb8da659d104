using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.Common;
using FinConsole.Core.Team;
using FinConsole.Web.Hosting;
using FinConsole.Web.SignIn;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace FinConsole.Web.Team;

/// <summary>
/// Takes a member's access away, with what ends at once in numbers, and the tokens to rotate that somebody who leaves may still know. Closes
/// with what is to be said.
/// </summary>
public sealed partial class DeactivateDialog(DeactivateMember deactivate, PreviewDeactivation preview, ListTokensOfMember listTokens, StepUp stepUp, CurrentActor current)
{
    private IReadOnlyList<MemberToken>? _tokens;
    private int _sessions;
    private string? _failure;

    [CascadingParameter]
    public IMudDialogInstance Instance { get; set; } = default!;

    [Parameter, EditorRequired]
    public MemberView Member { get; set; } = default!;

    private int Acting => _tokens!.Count(each => each.ActsAs);

    private string SessionsText => _sessions switch
    {
        0 => TeamTexts.SessionsNone,
        1 => TeamTexts.SessionsOne,
        _ => Texts.Format(TeamTexts.SessionsMany, _sessions),
    };

    protected override async Task OnInitializedAsync()
    {
        var actor = await current.GetAsync();
        var previewed = await preview.HandleAsync(Member.Id, actor, CancellationToken.None);
        var tokens = await listTokens.HandleAsync(Member.Id, actor, CancellationToken.None);
        (_sessions, _tokens, _failure) = (previewed.Value?.Sessions ?? 0, tokens.Value ?? [], (previewed.Error ?? tokens.Error)?.Message);
    }

    private static string Ties(MemberToken token) => string.Join(", ", new[]
    {
        token.Made ? TeamTexts.TokenMade : null,
        token.Holds ? TeamTexts.TokenHolds : null,
        token.ActsAs ? TeamTexts.TokenActs : null,
    }.Where(tie => tie is not null));

    // In a tab of its own: this dialog stays, with the other tokens in it.
    private static string RotateUrl(TokenView token) => ConsoleUrls.RotateToken(token.Id, token.Name);

    private async Task SubmitAsync()
    {
        var result = await stepUp.RunAsync(async () => await deactivate.HandleAsync(Member.Id, await current.GetAsync(), CancellationToken.None));
        _failure = result.Error?.Message;
        if (result.Succeeded)
            Instance.Close(Texts.Format(TeamTexts.DeactivateDone, Member.Name));
    }
}

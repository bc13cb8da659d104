using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.Usage.Reports;
using FinConsole.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.ApiTokens;

/// <summary>One token, with the one it replaces nested under it while both work.</summary>
public sealed partial class TokenRowView
{
    private (TokenRow? Row, IReadOnlyDictionary<Guid, TokenTraffic>? Traffic, bool MayManage) _drawn;

    [Parameter, EditorRequired]
    public TokenRow Row { get; set; } = default!;

    [Parameter]
    public bool MayManage { get; set; }

    [Parameter]
    public EventCallback<TokenAction> OnAction { get; set; }

    [CascadingParameter]
    public UserClock Clock { get; set; } = default!;

    /// <summary>What the tokens do, where it is known already.</summary>
    [CascadingParameter]
    public IReadOnlyDictionary<Guid, TokenTraffic>? AllTraffic { get; set; }

    private TokenView Token => Row.Token;

    private TokenTraffic? Traffic => AllTraffic?.GetValueOrDefault(Token.Id);

    private bool CanRotate => Token.CanRotate && Row.Predecessor is null;

    // Somebody began a rotation and lost the secret: the old token still works, and the pending one can be made anew.
    private bool CanStartAgain => Token.Status == TokenStatus.Pending && Row.Predecessor is not null;

    private bool CanRetire => Row.Predecessor is { OverlapEndsAt: not null } || Token.Status == TokenStatus.Rotating;

    /// <summary>A dialog that opens changes no row: the fifty of a page are not drawn anew for it.</summary>
    protected override bool ShouldRender() =>
        !ReferenceEquals(Row, _drawn.Row) || !ReferenceEquals(AllTraffic, _drawn.Traffic) || MayManage != _drawn.MayManage;

    private Task Act(TokenDialog dialog) => OnAction.InvokeAsync(new TokenAction(dialog, Row));
}

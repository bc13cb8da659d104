using FinConsole.Core.ApiTokens.Listing;

namespace FinConsole.Web.ApiTokens;

/// <summary>What somebody wants of a row.</summary>
public sealed record TokenAction(TokenDialog Dialog, TokenRow Row);

/// <summary>The dialogs and direct actions of a row.</summary>
public enum TokenDialog
{
    Rotate,
    StartAgain,
    Invalidate,
    Edit,
    Details,
    Retire,
    Disable,
    Enable,
    Discard,
}

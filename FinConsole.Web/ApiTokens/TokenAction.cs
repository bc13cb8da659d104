using FinConsole.Core.ApiTokens;

namespace FinConsole.Web.ApiTokens;

/// <summary>What somebody wants of a row.</summary>
public sealed record TokenAction(TokenDialog Dialog, TokenRow Row);

/// <summary>The dialogs and direct actions of the tokens page.</summary>
public enum TokenDialog
{
    None,
    Create,
    Rotate,
    StartAgain,
    Invalidate,
    Edit,
    Details,
    Identify,
    Retire,
    Disable,
    Enable,
    Discard,
}

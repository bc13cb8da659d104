namespace FinConsole.Core.Access;

/// <summary>How surely a use case must know who sits there: declared where it asks for its right.</summary>
public enum Proof
{
    /// <summary>A live session.</summary>
    Session,

    /// <summary>
    /// Step-up: a live session whose member gave password and second factor within the last five minutes, at sign-in or since
    /// (product.md, "Two-factor authentication"). Refused with <see cref="AccessErrors.ConfirmationNeeded"/> otherwise.
    /// </summary>
    Recent,
}

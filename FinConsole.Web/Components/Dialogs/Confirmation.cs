namespace FinConsole.Web.Components.Dialogs;

/// <summary>A question before something that cannot be taken back.</summary>
/// <param name="Title">The question, with the name of what it is about.</param>
/// <param name="Verb">On the button: what will be done.</param>
/// <param name="Lines">What will happen, in numbers; empty ones are left out.</param>
/// <param name="Kind">Of the button: primary or danger.</param>
public sealed record Confirmation(string Title, string Verb, IReadOnlyList<string?> Lines, string Kind = "danger")
{
    /// <summary>What to do besides, in a box of its own.</summary>
    public string? Warning { get; init; }
}

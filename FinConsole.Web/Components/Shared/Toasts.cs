namespace FinConsole.Web.Components.Shared;

/// <summary>What became of something, in a line at the edge of the screen.</summary>
/// <param name="Failed">Whether it was refused.</param>
public sealed record Toast(string Text, bool Failed);

/// <summary>Short messages at the edge of the screen, one list a circuit.</summary>
public sealed class Toasts
{
    public event Action<Toast>? Shown;

    /// <summary>Says that something was done.</summary>
    public void Show(string text) => Shown?.Invoke(new Toast(text, Failed: false));

    /// <summary>Says why something was not done.</summary>
    public void ShowFailure(string text) => Shown?.Invoke(new Toast(text, Failed: true));
}

namespace FinConsole.Web.Components.Shared;

/// <summary>Short confirmations at the edge of the screen, one list a circuit.</summary>
public sealed class Toasts
{
    public event Action<string>? Shown;

    public void Show(string text) => Shown?.Invoke(text);
}

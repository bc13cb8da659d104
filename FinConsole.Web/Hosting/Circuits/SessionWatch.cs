namespace FinConsole.Web.Hosting.Circuits;

/// <summary>Tells the page in one circuit that its session has ended, while it can still go to sign-in by itself.</summary>
public sealed class SessionWatch
{
    private int _told;

    /// <summary>Raised once, on any thread: use <c>InvokeAsync</c>.</summary>
    public event Action? Ended;

    internal void Tell()
    {
        if (Interlocked.Exchange(ref _told, 1) == 0)
            Ended?.Invoke();
    }
}

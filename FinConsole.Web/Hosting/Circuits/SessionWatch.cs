namespace FinConsole.Web.Hosting.Circuits;

/// <summary>Tells the page in one circuit what became of its session, while it can still go where it must by itself.</summary>
public sealed class SessionWatch
{
    private int _told;

    /// <summary>Raised once, on any thread: use <c>InvokeAsync</c>.</summary>
    public event Action? Ended;

    /// <summary>Raised on any thread when the tenant began to require a second factor that this session's member lacks.</summary>
    public event Action? MfaDue;

    internal void TellMfaDue() => MfaDue?.Invoke();

    internal void Tell()
    {
        if (Interlocked.Exchange(ref _told, 1) == 0)
            Ended?.Invoke();
    }
}

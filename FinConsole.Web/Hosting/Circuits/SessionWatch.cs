namespace FinConsole.Web.Hosting.Circuits;

/// <summary>Tells the page in one circuit what became of its session, while it can still go where it must by itself.</summary>
public sealed class SessionWatch
{
    private int _told;
    private volatile bool _over;

    /// <summary>Raised once, on any thread: use <c>InvokeAsync</c>.</summary>
    public event Action? Ended;

    /// <summary>Raised on any thread when the tenant began to require a second factor that this session's member lacks.</summary>
    public event Action? MfaDue;

    /// <summary>Raised on any thread when the page turned out to belong to another session than its connection's.</summary>
    public event Action? Refused;

    /// <summary>Whether nothing that arrives from the browser is carried out any more.</summary>
    public bool IsOver => _over;

    /// <summary>Whether the session's end was told, perhaps before anybody listened to <see cref="Ended"/>.</summary>
    public bool HasEnded => Volatile.Read(ref _told) == 1;

    /// <summary>Carries out nothing more in this circuit, whose page was rendered for another session.</summary>
    public void Refuse()
    {
        _over = true;
        Refused?.Invoke();
    }

    internal void TellMfaDue() => MfaDue?.Invoke();

    internal void Tell()
    {
        _over = true;
        if (Interlocked.Exchange(ref _told, 1) == 0)
            Ended?.Invoke();
    }
}

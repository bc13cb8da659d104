using FinConsole.Core.Common;

namespace FinConsole.Web.Hosting.Circuits;

/// <summary>
/// Says in the log which origin was refused a circuit, once a minute at most: to people the page only stops working, and mostly an address is
/// missing in the configuration.
/// </summary>
public sealed partial class RefusedOrigins(TimeProvider time, ILogger<RefusedOrigins> logger)
{
    private const int LongestOrigin = 200;
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private long _nextTicks;

    /// <summary>Notes a refusal. Of several within a minute the first alone is logged: anybody can cause them.</summary>
    public void Note(HttpRequest request)
    {
        var (now, next) = (time.GetUtcNow().UtcTicks, Volatile.Read(ref _nextTicks));
        if (now < next || Interlocked.CompareExchange(ref _nextTicks, now + Quiet.Ticks, next) != next)
            return;
        var origin = request.Headers.Origin.ToString();
        LogRefused(logger, PlainText.ForStorage(origin, LongestOrigin));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A page of origin \"{Origin}\" was refused its connection. If people use that address, set Console:PublicUrl to it or list it in Console:AllowedOrigins")]
    private static partial void LogRefused(ILogger logger, string origin);
}

using FinConsole.Core.SignIn.Sessions;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace FinConsole.Web.Hosting.Circuits;

/// <summary>
/// Ties a circuit to its session: nothing that arrives after the session's end is carried out. What arrives
/// is no activity of the session: the browser's acknowledgement of what the page draws by itself arrives here as well, and nothing
/// in it tells it from a click. <see cref="SessionActivity"/> hears of those.
/// </summary>
internal sealed partial class SessionCircuitHandler(
    SessionWatch watch, LiveSessions live, CheckSession sessions, AuthenticationStateProvider authentication, TimeProvider time, ILogger<SessionCircuitHandler> logger)
    : CircuitHandler
{
    private static readonly TimeSpan CheckEvery = TimeSpan.FromMinutes(1);

    private (Guid TenantId, Guid SessionId)? _session;
    private IDisposable? _registration;
    private DateTimeOffset _checked;

    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (SessionOf(await authentication.GetAuthenticationStateAsync()) is not { } session)
            return;
        _session = session;
        _checked = time.GetUtcNow();
        _registration = live.AddCircuit(session.TenantId, session.SessionId, watch);
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        _registration?.Dispose();
        return Task.CompletedTask;
    }

    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) => async context =>
    {
        if (!watch.IsOver && await LivesAsync())
            await next(context);
    };

    private static (Guid TenantId, Guid SessionId)? SessionOf(AuthenticationState state) =>
        state.User.FindId(ConsoleClaims.Tenant) is { } tenantId && state.User.FindId(ConsoleClaims.Session) is { } sessionId ? (tenantId, sessionId) : null;

    private async Task<bool> LivesAsync()
    {
        var now = time.GetUtcNow();
        if (_session is not { } session || now - _checked < CheckEvery)
            return true;

        _checked = now;
        try
        {
            if (await sessions.IsLiveAsync(session.TenantId, session.SessionId, CancellationToken.None))
                return true;
        }
        catch (Exception failure)
        {
            // The database is unavailable: use cases will say so. A page that only shows what it has can go on.
            LogNotChecked(failure);
            return true;
        }

        live.End(session.SessionId);
        return false;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The session of a live page could not be checked")]
    private partial void LogNotChecked(Exception failure);
}

using FinConsole.Core.SignIn.Sessions;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace FinConsole.Web.Hosting.Circuits;

/// <summary>
/// Ties a circuit to its session: what a member does in the page counts as the session's activity, and nothing that arrives
/// after the session's end is carried out.
/// </summary>
internal sealed partial class SessionCircuitHandler(
    SessionWatch watch, LiveSessions live, CheckSession sessions, AuthenticationStateProvider authentication, TimeProvider time, ILogger<SessionCircuitHandler> logger)
    : CircuitHandler
{
    private static readonly TimeSpan NoteEvery = TimeSpan.FromMinutes(1);

    private (Guid TenantId, Guid SessionId)? _session;
    private IDisposable? _registration;
    private DateTimeOffset _noted;
    private bool _over;

    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        var user = (await authentication.GetAuthenticationStateAsync()).User;
        if (user.FindId(ConsoleClaims.Tenant) is not { } tenantId || user.FindId(ConsoleClaims.Session) is not { } sessionId)
            return;
        _session = (tenantId, sessionId);
        _noted = time.GetUtcNow();
        watch.Ended += () => _over = true;
        _registration = live.AddCircuit(tenantId, sessionId, watch);
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        _registration?.Dispose();
        return Task.CompletedTask;
    }

    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) => async context =>
    {
        if (!_over && await NoteActivityAsync())
            await next(context);
    };

    private async Task<bool> NoteActivityAsync()
    {
        var now = time.GetUtcNow();
        if (_session is not { } session || now - _noted < NoteEvery)
            return true;

        _noted = now;
        try
        {
            if (await sessions.TouchAsync(session.TenantId, session.SessionId, CancellationToken.None))
                return true;
        }
        catch (Exception failure)
        {
            // The database is away: use cases will say so. A page that only shows what it has need not die of it.
            LogNotNoted(failure);
            return true;
        }

        live.End(session.SessionId);
        return false;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Activity of a session could not be noted")]
    private partial void LogNotNoted(Exception failure);
}

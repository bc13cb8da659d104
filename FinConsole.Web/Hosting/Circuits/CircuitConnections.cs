using FinConsole.Core.SignIn.Sessions;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FinConsole.Web.Hosting.Circuits;

/// <summary>
/// The framework offers no way to close somebody's circuit. So its connection, one long request to <c>/_blazor</c>, is noted under
/// its session and aborted when that ends; coming back fails, since the cookie's session is checked with every request.
/// </summary>
public static class CircuitConnections
{
    private static readonly TimeSpan KeptAfterDisconnection = TimeSpan.FromSeconds(45);

    public static IServiceCollection AddSessionCircuits(this IServiceCollection services)
    {
        services.AddSingleton<LiveSessions>();
        services.AddHostedService<SessionCutOff>();
        services.AddScoped<SessionWatch>();
        services.TryAddEnumerable(ServiceDescriptor.Scoped<CircuitHandler, SessionCircuitHandler>());
        services.Configure<Microsoft.AspNetCore.Components.Server.CircuitOptions>(options => options.DisconnectedCircuitRetentionPeriod = KeptAfterDisconnection);
        return services;
    }

    public static IApplicationBuilder UseCircuitConnections(this IApplicationBuilder app)
    {
        var live = app.ApplicationServices.GetRequiredService<LiveSessions>();
        var sessions = app.ApplicationServices.GetRequiredService<CheckSession>();
        return app.UseConnectionOwners().UseCircuitOwners().UseWhen(IsConnection, branch => branch.Use(async (http, next) =>
        {
            if (http.User.FindId(ConsoleClaims.Tenant) is not { } tenantId || http.User.FindId(ConsoleClaims.Session) is not { } sessionId)
            {
                http.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return;
            }

            using var registration = live.AddConnection(tenantId, sessionId, http.Abort);
            // Looked at once more after being noted: it may have ended between the cookie's check and this line.
            if (await sessions.IsLiveAsync(tenantId, sessionId, http.RequestAborted))
                await next(http);
            else
                http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }));
    }

    private static IApplicationBuilder UseCircuitOwners(this IApplicationBuilder app) => app.UseWhen(
        http => http.Request.Path.StartsWithSegments(ConsoleUrls.Circuits + "/disconnect"), branch => branch.Use(CircuitOwners.UnbindFormAsync));

    // Web sockets, server-sent events and long polling all hold a GET open.
    private static bool IsConnection(HttpContext http) =>
        http.Request.Path.StartsWithSegments(ConsoleUrls.Circuits, out var rest) && rest.Value is null or "" or "/"
        && (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsConnect(http.Request.Method));
}

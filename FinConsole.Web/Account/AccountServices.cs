using FinConsole.Web.Hosting;
using FinConsole.Web.Hosting.Circuits;

namespace FinConsole.Web.Account;

public static class AccountServices
{
    /// <summary>In bytes; the longest honest form is an address, a password and a token.</summary>
    public const long LongestRequest = 64 * 1024;

    public static IServiceCollection AddAccountPages(this IServiceCollection services) => services
        .AddSingleton<ResetRequests>()
        .AddHostedService(provider => provider.GetRequiredService<ResetRequests>());

    /// <summary>What the pages' scripts ask and report: whether there still is a session to come back to, and that somebody is there.</summary>
    public static void MapAccount(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapSessionActivity();
        endpoints.MapGet(ConsoleUrls.SessionState, (HttpContext http) =>
        {
            var live = http.User.Identity?.IsAuthenticated == true;
            return Results.Json(new SessionState(live), statusCode: live ? StatusCodes.Status200OK : StatusCodes.Status401Unauthorized);
        }).AllowAnonymous().RespondsToHead();
    }

    private sealed record SessionState(bool Live);
}

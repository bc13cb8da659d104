using FinConsole.Core.Common;
using FinConsole.Core.LoginHistory.Listing;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;
using FinConsole.Web.Hosting.Authorization;
using FinConsole.Web.Hosting.Exports;

namespace FinConsole.Web.LoginHistory;

public static class LoginPages
{
    private const string FileName = "login-history";

    /// <summary>Whose days the filter's days are: the page knows its reader's zone, a request does not.</summary>
    private const string ZoneKey = "zone";

    public static IServiceCollection AddLoginPages(this IServiceCollection services) => services.AddScoped<LoginFollowUps>().AddSingleton<LoginQueries>();

    /// <summary>Where the list that this filter shows is exported.</summary>
    internal static string ExportUrl(LoginListQuery query, UserClock clock)
    {
        var url = $"{ConsoleUrls.LoginExport}?{ZoneKey}={Uri.EscapeDataString(clock.Zone.Id)}";
        return query.ToQueryString() is { Length: > 0 } filter ? $"{url}&{filter}" : url;
    }

    /// <summary>The filtered view as a file.</summary>
    public static void MapLoginHistory(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet(ConsoleUrls.LoginExport, (HttpContext http, ExportLoginAttempts export, ExportResponse answer, TimeProvider time) =>
        {
            var ignored = new List<IgnoredValue>();
            var query = LoginListQuery.Read(key => http.Request.Query.TryGetValue(key, out var values) ? values.ToString() : null, ignored);
            if (!ExportResponse.TryReadZone(http, out var zone))
                return Task.CompletedTask;
            if (ignored.Count > 0)
            {
                // A file has no place to say that it is not filtered as it was asked to be.
                http.Response.StatusCode = StatusCodes.Status400BadRequest;
                return Task.CompletedTask;
            }

            var clock = new UserClock(zone, time);
            return answer.WriteAsync(http, FileName, LoginColumns.All, (format, run, cancellationToken) =>
                export.HandleAsync(query.ToFilter(clock), query.ToQueryString(), format, run, CurrentActor.Of(http), cancellationToken));
        }).RequirePermission(Permission.ReadLoginHistory);
}

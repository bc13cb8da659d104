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

    /// <summary>The filtered view as a file.</summary>
    public static void MapLoginHistory(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet(ConsoleUrls.LoginExport, (HttpContext http, ExportLoginAttempts export, ExportAnswer answer, TimeProvider time) =>
        {
            var query = LoginListQuery.Read(key => http.Request.Query.TryGetValue(key, out var values) ? values.ToString() : null);
            var clock = new ReaderClock(http.ReaderZone(), time);
            return answer.WriteAsync(http, FileName, LoginColumns.All, async (format, run, cancellationToken) =>
            {
                var rows = await export.HandleAsync(query.ToFilter(clock), query.ToQueryString(), format, run, CurrentActor.Of(http), cancellationToken);
                return rows;
            });
        }).RequireRight(Right.ReadLoginHistory);
}

using System.Text.RegularExpressions;
using FinConsole.Core.Common;

namespace FinConsole.Web.Hosting;

/// <summary>
/// Gives every request one id: the client's <c>X-Request-Id</c> where it is well formed and no token, else a new one. It is echoed, stands in
/// logs, audit and error pages, and so ties together what a person reports and what happened.
/// </summary>
public static partial class RequestIds
{
    private const string Header = "X-Request-Id";

    public static IApplicationBuilder UseRequestIds(this IApplicationBuilder app)
    {
        var time = app.ApplicationServices.GetRequiredService<TimeProvider>();
        var logger = app.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(RequestIds));
        return app.Use(async (http, next) =>
        {
            var sent = http.Request.Headers[Header];
            http.TraceIdentifier = sent is [{ } only] && WellFormed().IsMatch(only) && !SecretText.IsIn(only) ? only : Ids.New(time).ToString("N");
            http.Response.OnStarting(() =>
            {
                http.Response.Headers[Header] = http.TraceIdentifier;
                return Task.CompletedTask;
            });
            using (logger.BeginScope(new KeyValuePair<string, object?>[] { new("RequestId", http.TraceIdentifier) }))
                await next(http);
        });
    }

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,64}\z")]
    private static partial Regex WellFormed();
}

using FinConsole.Core.Common;
using FinConsole.Core.Members;

namespace FinConsole.Web.Hosting;

/// <summary>From where a request came, as login history and audit keep it.</summary>
public static class RequestOrigins
{
    public static RequestOrigin Of(HttpContext http)
    {
        var agent = http.Request.Headers.UserAgent.ToString();
        return new RequestOrigin(
            http.Connection.RemoteIpAddress?.ToString(),
            agent.Length == 0 ? null : PlainText.ForStorage(agent, RequestOrigin.LongestUserAgent),
            http.TraceIdentifier);
    }
}

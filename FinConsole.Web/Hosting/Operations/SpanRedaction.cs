using System.Diagnostics;
using OpenTelemetry;

namespace FinConsole.Web.Hosting.Operations;

/// <summary>
/// Leaves in a span what the program itself says, and nothing that a client wrote: links carry their secret in the query, programs paste tokens
/// into paths and headers. The path becomes the template of its route.
/// </summary>
internal sealed class SpanRedaction : BaseProcessor<Activity>
{
    private const string Path = "url.path";
    private const string Route = "http.route";

    // The conventions for HTTP server spans, without what is the client's: url.query, user_agent.original, http.request.method_original,
    // server.address (the Host header), client.address.
    private static readonly HashSet<string> Kept =
        ["http.request.method", "http.response.status_code", Route, "url.scheme", Path, "network.protocol.version", "error.type"];

    public override void OnEnd(Activity data)
    {
        foreach (var (name, _) in data.TagObjects.Where(tag => !Kept.Contains(tag.Key)).ToList())
            data.SetTag(name, null);
        // What no route answers has a path of the client's alone.
        data.SetTag(Path, data.GetTagItem(Route) is string route ? $"/{route.TrimStart('/')}" : "REDACTED");
        data.TraceStateString = null;
    }
}

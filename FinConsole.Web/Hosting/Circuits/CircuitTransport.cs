using Microsoft.AspNetCore.Components.Server;

namespace FinConsole.Web.Hosting.Circuits;

/// <summary>How circuits talk to the browser.</summary>
public static class CircuitTransport
{
    public static void Configure(ServerComponentsEndpointOptions options)
    {
        // Compression next to secrets lets their length be guessed at (BREACH).
        options.DisableWebSocketCompression = true;
        // Our own policy stands on every answer already.
        options.ContentSecurityFrameAncestorsPolicy = null;
    }
}

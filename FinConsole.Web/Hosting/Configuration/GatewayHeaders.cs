namespace FinConsole.Web.Hosting.Configuration;

/// <summary>The pair of headers in which a gateway forwards the end client's request target and method.</summary>
public enum GatewayHeaders
{
    /// <summary><c>X-Original-URI</c> (nginx) or <c>X-Original-URL</c> (ingress-nginx), with <c>X-Original-Method</c>.</summary>
    Original,

    /// <summary><c>X-Forwarded-Uri</c> with <c>X-Forwarded-Method</c> (Traefik, Caddy).</summary>
    Forwarded,
}

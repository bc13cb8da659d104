namespace FinConsole.Tests.Gateway;

/// <summary>nginx with <c>docs/gateway/nginx.conf</c>.</summary>
public sealed class NginxProgram : GatewayProgram
{
    public override TimeSpan StatedLimit => Stated("proxy_connect_timeout") + Stated("proxy_send_timeout") + Stated("proxy_read_timeout");

    protected override IReadOnlyList<string> Files => ["nginx.conf"];

    protected override IReadOnlyList<(string Line, string Longer)> Limits =>
    [
        (@"proxy_connect_timeout (\w+);", "30s"), (@"proxy_send_timeout (\w+);", "30s"), (@"proxy_read_timeout (\w+);", "30s"),
        (@"proxy_next_upstream_timeout (\w+);", "30s"),
    ];

    protected override (string Program, IReadOnlyList<string> Arguments) Command(string folder) =>
        ("nginx", ["-p", folder, "-c", "nginx.conf", "-g", "daemon off;"]);

    protected override string Adapt(string text, GatewayPeers peers) =>
        text.Replace("listen ", "listen 127.0.0.1:", StringComparison.Ordinal);
}

/// <summary>Caddy with <c>docs/gateway/Caddyfile</c>.</summary>
public sealed class CaddyProgram : GatewayProgram
{
    public override string Headers => "Forwarded";

    public override TimeSpan StatedLimit => Stated("dial_timeout") + Stated("response_header_timeout");

    protected override IReadOnlyList<string> Files => ["Caddyfile"];

    protected override IReadOnlyList<(string Line, string Longer)> Limits =>
        [(@"dial_timeout (\w+)", "30s"), (@"response_header_timeout (\w+)", "30s")];

    protected override (string Program, IReadOnlyList<string> Arguments) Command(string folder) =>
        ("caddy", ["run", "--config", "Caddyfile", "--adapter", "caddyfile"]);
}

/// <summary>HAProxy with <c>docs/gateway/haproxy.cfg</c> and its Lua file.</summary>
public sealed class HaproxyProgram : GatewayProgram
{
    public override TimeSpan StatedLimit =>
        Stated("timeout connect", "\nbackend finconsole") + Stated("timeout server", "\nbackend finconsole");

    protected override IReadOnlyList<string> Files => ["haproxy.cfg", "finconsole.lua"];

    protected override IReadOnlyList<(string Line, string Longer)> Limits =>
        [(@"timeout connect (500ms)", "30s"), (@"timeout server (1500ms)", "30s"), (@"timeout = (\d+)", "60000")];

    protected override (string Program, IReadOnlyList<string> Arguments) Command(string folder) =>
        ("haproxy", ["-C", folder, "-f", "haproxy.cfg", "-db"]);

    protected override string Adapt(string text, GatewayPeers peers) => text.Replace("bind :", "bind 127.0.0.1:", StringComparison.Ordinal);
}

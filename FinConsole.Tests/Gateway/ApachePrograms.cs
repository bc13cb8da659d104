using System.Globalization;

namespace FinConsole.Tests.Gateway;

/// <summary>Apache with one of the configurations of <c>docs/gateway/apache.md</c>.</summary>
public abstract class ApacheProgram(string file) : GatewayProgram
{
    private readonly string _inner = FreePort().ToString(CultureInfo.InvariantCulture);

    protected override IReadOnlyList<string> Files => [file, "apache-common.conf"];

    protected override (string Program, IReadOnlyList<string> Arguments) Command(string folder) =>
        ("apache2", ["-d", folder, "-f", file, "-D", "FOREGROUND"]);

    protected override string Adapt(string text, GatewayPeers peers) => text
        .Replace("8081", _inner, StringComparison.Ordinal)
        .Replace("SERVICE-TOKEN", peers.ServiceToken, StringComparison.Ordinal)
        .Replace("https://console.example.com/api/v1", peers.Audience, StringComparison.Ordinal)
        .Replace("https://console.example.com", peers.Issuer, StringComparison.Ordinal)
        .Replace("/etc/ssl/certs/ca-certificates.crt", "tls.crt", StringComparison.Ordinal);
}

/// <summary>Apache with mod_auth_openidc, by introspection.</summary>
public sealed class ApacheOpenidcProgram() : ApacheProgram("apache-openidc.conf")
{
    public override TimeSpan StatedLimit => Stated("OIDCHTTPTimeoutLong");

    protected override bool AsksByTls => true;

    protected override IReadOnlyList<(string Line, string Longer)> Limits => [(@"OIDCHTTPTimeoutLong (\d+)", "30")];
}

/// <summary>Apache with mod_auth_openidc, by the public keys.</summary>
public sealed class ApacheOpenidcJwksProgram() : ApacheProgram("apache-openidc-jwks.conf")
{
    public override TimeSpan StatedLimit => Stated("OIDCHTTPTimeoutShort");

    protected override bool AsksByTls => true;

    protected override IReadOnlyList<(string Line, string Longer)> Limits => [(@"OIDCHTTPTimeoutShort (\d+)", "30")];
}

/// <summary>Apache with mod_oauth2, by introspection.</summary>
public sealed class ApacheOauth2Program() : ApacheOauth2("apache-oauth2.conf");

/// <summary>Apache with mod_oauth2, by the public keys.</summary>
public sealed class ApacheOauth2JwksProgram() : ApacheOauth2("apache-oauth2-jwks.conf");

/// <summary>Apache with mod_oauth2, which asks through Apache itself.</summary>
public abstract class ApacheOauth2(string file) : ApacheProgram(file)
{
    public override TimeSpan StatedLimit => Stated("connectiontimeout=") + Stated(" timeout=");

    // More than 15 seconds is beyond mod_oauth2's own limit.
    protected override IReadOnlyList<(string Line, string Longer)> Limits => [(@"connectiontimeout=(1)", "14"), (@" timeout=(1) ", "14")];
}

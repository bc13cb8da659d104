using System.Net;
using System.Runtime.Versioning;
using System.Text;
using FinConsole.Core.Data;
using FinConsole.Web.Hosting.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace FinConsole.Tests.Hosting;

[UnsupportedOSPlatform("windows")]
public sealed class InstallationTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("finconsole-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Tells_every_fault_of_an_unsafe_production_at_once()
    {
        var refusal = Assert.Throws<StartRefusedException>(() => Read(
            Environments.Production,
            ("urls", "http://localhost:5080"),
            ("Demo:Enabled", "true"),
            ("Pepper:Value", "c2hvcnQ="),
            ("Console:PublicUrl", "http://console.example"),
            ("EncryptionKeys:Size", "2048"),
            ("Usage:RetentionDays", "7"),
            ("Database:Provider", "Oracle"),
            ("Proxies:Trusted:0", "nobody"),
            ("Gateway:Trusted:0", "10.1.0.0/16"),
            ("Gateway:Trusted:1", "somewhere"),
            ("Gateway:Headers", "Either"),
            ("Gateway:Header", "Forwarded"),
            ("Gateway:Gateways:0:Networks:0", "10.1.2.0/24"),
            ("Gateway:Gateways:0:Headers", "Forwarded"),
            ("Gateway:Gateways:1:Headers", ""),
            ("Gateway:Gateways:2:Networks:0", "10.3.0.0/99"),
            ("Gateway:Gateways:2:Network", "10.3.0.0/16"),
            ("LoginHistory:Places:10.1.0.1/16", "DE"),
            ("LoginHistory:Places:10.2.0.0/16", "Germany"),
            ("LoginHistory:CountryTable", "nowhere.bin"),
            ("Scans:PerTenant", "0"),
            ("Scans:LongestWait", "an hour"),
            ("Mfa:Issuer", "Fin:Console"),
            ("forwardedHeaders_enabled", "true")));

        foreach (var part in new[] { "Scans:PerTenant is \"0\"", "Scans:LongestWait is \"an hour\"", "Mfa:Issuer is \"Fin:Console\"", "HTTPS endpoint", "Demo data", "32 bytes", "key ring is unprotected", "Console:PublicUrl", "2048", "Usage:RetentionDays is 7", "Oracle", "nobody",
            "somewhere", "Gateway:Headers is \"Either\"", "Gateway:Header is no setting", "10.1.0.0/16 and 10.1.2.0/24 overlap", "Gateway:Gateways:1 names no network",
            "Gateway:Gateways:1:Headers is \"\"", "10.3.0.0/99", "Gateway:Gateways:2:Headers is \"\"", "Gateway:Gateways:2:Network is no setting", "10.1.0.1/16", "Germany", "nowhere.bin", "FORWARDEDHEADERS" })
            Assert.Contains(part, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("console.example")]
    [InlineData("http://console.example")]
    [InlineData("https://console.example/path")]
    [InlineData("https://console.example?query")]
    [InlineData("https://user@console.example")]
    [InlineData("wss://console.example")]
    [InlineData("*")]
    public void Refuses_an_allowed_origin_that_is_none(string origin)
    {
        var refusal = Assert.Throws<StartRefusedException>(() => Read(
            Environments.Production, [.. SafeSettings(), ("Proxies:Trusted:0", "10.0.0.1"), ("Console:AllowedOrigins:0", "https://good.example"), ("Console:AllowedOrigins:1", origin)]));

        Assert.Contains($"Console:AllowedOrigins holds \"{origin}\"", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("good.example", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_allowed_origins_as_browsers_write_them()
    {
        var installation = Read(
            Environments.Production, [.. SafeSettings(), ("Proxies:Trusted:0", "10.0.0.1"), ("Console:AllowedOrigins:0", "https://BÜCHER.example:443/"), ("Console:AllowedOrigins:1", "https://[2001:DB8::1]:8443")]);

        Assert.Equal(["https://xn--bcher-kva.example", "https://[2001:db8::1]:8443"], installation.AllowedOrigins);
    }

    [Fact]
    public void Misses_the_pepper_and_the_connection_string_in_production()
    {
        var refusal = Assert.Throws<StartRefusedException>(() => Read(Environments.Production, ("Database:Provider", "SqlServer")));

        Assert.Contains("The pepper is missing", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("ConnectionStrings:FinConsole is missing", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Makes_secrets_of_its_own_in_development_and_keeps_them()
    {
        var first = Read(Environments.Development);
        var second = Read(Environments.Development);

        Assert.Equal(DatabaseProvider.Sqlite, first.Provider);
        Assert.Equal(first.Pepper.Fingerprint, second.Pepper.Fingerprint);
        Assert.Equal(first.KeyRingCertificate.Thumbprint, second.KeyRingCertificate.Thumbprint);
        Assert.Equal(new Uri("http://localhost:5080"), first.PublicUrl);
        foreach (var name in new[] { "pepper", "keyring.pfx" })
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder.FullName, "data", name)));
    }

    [Theory]
    [InlineData("urls", "https://0.0.0.0:5443")]
    [InlineData("https_ports", "5443")]
    [InlineData("Kestrel:Endpoints:Main:Url", "https://*:5443")]
    [InlineData("Proxies:Trusted:0", "10.0.0.0/8")]
    public void Starts_in_production_behind_https_or_a_trusted_proxy(string key, string value)
    {
        var installation = Read(Environments.Production, [.. SafeSettings(), (key, value)]);

        Assert.Equal("console.example", installation.PublicUrl.Host);
        Assert.Throws<StartRefusedException>(() => Read(Environments.Production, SafeSettings()));
    }

    [Fact]
    public void Reads_where_own_networks_are_in_both_families()
    {
        var json = Encoding.UTF8.GetBytes("""{ "LoginHistory": { "Places": { "10.1.0.0/16": "DE", "2001:db8:41::/48": "PT", "::/0": "FR" } } }""");
        var configuration = new ConfigurationBuilder().AddJsonStream(new MemoryStream(json)).Build();

        var places = Read(Environments.Development, [.. configuration.AsEnumerable().Where(pair => pair.Value is not null).Select(pair => (pair.Key, pair.Value!))]).Countries.Places;

        Assert.Equal(3, places.Count);
        Assert.Equal("DE", places[IPNetwork.Parse("10.1.0.0/16")]);
        Assert.Equal("PT", places[IPNetwork.Parse("2001:db8:41::/48")]);
        Assert.Equal("FR", places[IPNetwork.Parse("::/0")]);
    }

    [Fact]
    public void Reads_each_gateway_with_its_headers_and_by_default_the_original_ones()
    {
        var trusted = Read(Environments.Development, ("Gateway:Trusted:0", "10.1.0.0/16")).Api.Gateways;
        var forwarded = Read(Environments.Development, ("Gateway:Trusted:0", "10.1.0.7"), ("Gateway:Headers", "forwarded")).Api.Gateways;
        var several = Read(
            Environments.Development, ("Gateway:Trusted:0", "10.1.0.0/16"), ("Gateway:Gateways:edge:Networks:0", "10.2.0.0/16"), ("Gateway:Gateways:edge:Networks:1", "2001:db8::/32"),
            ("Gateway:Gateways:edge:Headers", "Forwarded")).Api.Gateways;

        Assert.Equal([new TrustedGateway(IPNetwork.Parse("10.1.0.0/16"), GatewayHeaders.Original)], trusted);
        Assert.Equal([new TrustedGateway(IPNetwork.Parse("10.1.0.7/32"), GatewayHeaders.Forwarded)], forwarded);
        Assert.Equal(
            [
                new TrustedGateway(IPNetwork.Parse("10.1.0.0/16"), GatewayHeaders.Original), new TrustedGateway(IPNetwork.Parse("10.2.0.0/16"), GatewayHeaders.Forwarded),
                new TrustedGateway(IPNetwork.Parse("2001:db8::/32"), GatewayHeaders.Forwarded),
            ],
            several);
        Assert.Equal([GatewayHeaders.Original], Read(Environments.Development).Api.Gateways.Select(gateway => gateway.Headers).Distinct());
        Assert.Empty(Read(Environments.Production, [.. SafeSettings(), ("https_ports", "5443")]).Api.Gateways);
    }

    [Fact]
    public void Refuses_a_secret_that_other_users_can_read()
    {
        var settings = SafeSettings();
        File.SetUnixFileMode(Path.Combine(_folder.FullName, "data", "pepper"), UnixFileMode.UserRead | UnixFileMode.GroupRead);

        var refusal = Assert.Throws<StartRefusedException>(() => Read(Environments.Production, [.. settings, ("https_ports", "5443")]));
        Assert.Contains("can be read by other users", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Needs_no_address_for_the_command_line() =>
        Assert.NotNull(Installation.Read(Configure([.. SafeSettings().Where(setting => setting.Key != "Console:PublicUrl")]), new Surroundings(_folder.FullName, Environments.Production), serves: false));

    private (string Key, string Value)[] SafeSettings()
    {
        Read(Environments.Development);
        return
        [
            ("Pepper:File", Path.Combine(_folder.FullName, "data", "pepper")),
            ("KeyRing:CertificateFile", Path.Combine(_folder.FullName, "data", "keyring.pfx")),
            ("Console:PublicUrl", "https://console.example"),
        ];
    }

    private Installation Read(string environment, params (string Key, string Value)[] settings) =>
        Installation.Read(Configure(settings), new Surroundings(_folder.FullName, environment), serves: true);

    private static IConfiguration Configure((string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, string? (setting) => setting.Value)).Build();

    private sealed class Surroundings(string root, string name) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;

        public string ApplicationName { get; set; } = "FinConsole.Web";

        public string ContentRootPath { get; set; } = root;

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}

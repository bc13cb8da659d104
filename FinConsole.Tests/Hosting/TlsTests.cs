using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.Hosting;

/// <summary>Which versions of TLS the program speaks, on a machine whose own policy would let it speak all of them.</summary>
public sealed class TlsTests : IDisposable
{
    private const string Permissive = """
        openssl_conf = conf
        [conf]
        ssl_conf = ssl
        [ssl]
        system_default = all
        [all]
        MinProtocol = TLSv1
        CipherString = ALL:@SECLEVEL=0
        """;

    private readonly ConsoleProcess _console = new();

    public void Dispose() => _console.Dispose();

    [Fact]
    public async Task Nothing_older_than_TLS_1_2_is_spoken_whatever_the_machine_allows()
    {
        var (policy, certificate) = (Path.Combine(_console.Folder, "openssl.cnf"), Path.Combine(_console.Folder, "tls.pfx"));
        await File.WriteAllTextAsync(policy, Permissive, Stop);
        CoreHost.WriteRingCertificate(certificate);
        (_console.Settings["OPENSSL_CONF"], _console.Settings["Kestrel__Certificates__Default__Path"]) = (policy, certificate);
        await using var served = await _console.ServeAsync("https://127.0.0.1:0");

        async Task<bool> ConnectsAsync(string version) => (await Programs.TryAsync(
            "env", [$"OPENSSL_CONF={policy}", "openssl", "s_client", "-connect", served.Url.Authority, version, "-cipher", "ALL:@SECLEVEL=0"])).Code == 0;

        Assert.Equal(
            [("-tls1", false), ("-tls1_1", false), ("-tls1_2", true), ("-tls1_3", true)],
            [("-tls1", await ConnectsAsync("-tls1")), ("-tls1_1", await ConnectsAsync("-tls1_1")), ("-tls1_2", await ConnectsAsync("-tls1_2")), ("-tls1_3", await ConnectsAsync("-tls1_3"))]);
    }
}

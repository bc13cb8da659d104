using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace FinConsole.Tests.Gateway;

/// <summary>A certificate of this run alone, for the TLS side of gateways.</summary>
public static class TestCertificate
{
    private static readonly X509Certificate2 Certificate = Make();

    /// <summary>Trusts this certificate and no other.</summary>
    public static SslClientAuthenticationOptions Trusting() => new()
    {
        TargetHost = "localhost",
        RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == Certificate.GetCertHashString(),
    };

    /// <summary>What a server shows it with.</summary>
    public static SslServerAuthenticationOptions Showing() => new() { ServerCertificate = Certificate };

    /// <summary>Writes <c>tls.crt</c> and <c>tls.key</c>, as PEM.</summary>
    public static async Task WriteToAsync(string folder)
    {
        using var key = Certificate.GetECDsaPrivateKey()!;
        await File.WriteAllTextAsync(Path.Combine(folder, "tls.crt"), Certificate.ExportCertificatePem() + "\n", Stop);
        await File.WriteAllTextAsync(Path.Combine(folder, "tls.key"), key.ExportPkcs8PrivateKeyPem() + "\n", Stop);
    }

    private static X509Certificate2 Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(7));
    }
}

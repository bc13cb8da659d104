using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace FinConsole.Bench.Pages;

/// <summary>The files and settings of a production installation in the bench's folder, and of the template's app beside it.</summary>
internal sealed class Installed
{
    private readonly string _folder;

    public Installed(string folder, string connectionString)
    {
        _folder = folder;
        var tls = Path.Combine(folder, "tls.pfx");
        TlsKeyHash = MakeCertificate("tls.pfx");
        MakeCertificate("keyring.pfx");
        Write("pepper", Convert.ToBase64String([.. Enumerable.Range(1, 32).Select(number => (byte)number)]));
        Template = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["ASPNETCORE_Kestrel__Certificates__Default__Path"] = tls,
        };
        Console = new Dictionary<string, string>(Template)
        {
            ["Console__PublicUrl"] = "https://console.example/",
            ["ConnectionStrings__FinConsole"] = connectionString,
            ["Pepper__File"] = Path.Combine(folder, "pepper"),
            ["KeyRing__CertificateFile"] = Path.Combine(folder, "keyring.pfx"),
            ["Mail__PickupDirectory"] = Path.Combine(folder, "mail"),
            ["Gateway__Trusted__0"] = "127.0.0.1",
        };
        foreach (var limit in new[] { "PerTokenPerMinute", "PerTenantPerMinute", "PerAccountPerMinute", "PerIpPerMinute", "SignInPerIpPerMinute" })
            Console["RateLimits__" + limit] = "0";
    }

    public Dictionary<string, string> Console { get; }

    public Dictionary<string, string> Template { get; }

    /// <summary>SHA-256 of the certificate's public key, as Chromium wants it for a certificate that nobody vouches for.</summary>
    public string TlsKeyHash { get; }

    private string MakeCertificate(string name)
    {
        using var key = RSA.Create(3072);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
        Write(name, certificate.Export(X509ContentType.Pkcs12));
        return Convert.ToBase64String(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));
    }

    private void Write(string name, string text) => Write(name, System.Text.Encoding.ASCII.GetBytes(text));

    private void Write(string name, byte[] bytes)
    {
        var file = Path.Combine(_folder, name);
        File.WriteAllBytes(file, bytes);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}

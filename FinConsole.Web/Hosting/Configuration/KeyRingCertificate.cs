using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using FinConsole.Core.Common;

namespace FinConsole.Web.Hosting.Configuration;

/// <summary>
/// Reads the certificate that protects the Data Protection ring from <c>KeyRing:CertificateFile</c> (PKCS#12). The ring lies in
/// the database and opens every cookie and protected column, so its own key must lie elsewhere. Development makes one on first start.
/// </summary>
internal static class KeyRingCertificate
{
    private const int KeySize = 3072;
    private const int YearsValid = 30;

    public static X509Certificate2? Read(IConfiguration configuration, ConsoleFolders folders, bool development, Faults faults)
    {
        var path = configuration["KeyRing:CertificateFile"] is { Length: > 0 } configured ? folders.Resolve(configured) : null;
        var password = configuration["KeyRing:CertificatePassword"];
        if (development)
        {
            path ??= Path.Combine(folders.Data, "keyring.pfx");
            if (!File.Exists(path))
                SecretFile.WriteOnce(path, Make(password));
        }

        if (path is null || !File.Exists(path))
        {
            faults.Add(ConfigurationTexts.KeyRingMissing);
            return null;
        }

        if (SecretFile.IsOpenToOthers(path))
            faults.Add(Texts.Format(ConfigurationTexts.FileOpenToOthers, path));
        return Load(path, password, faults);
    }

    /// <summary>The one before (<c>KeyRing:PreviousCertificateFile</c>), which goes on opening what it protected; null where there is none.</summary>
    public static X509Certificate2? ReadPrevious(IConfiguration configuration, ConsoleFolders folders, Faults faults)
    {
        if (configuration["KeyRing:PreviousCertificateFile"] is not { Length: > 0 } configured)
            return null;
        var path = folders.Resolve(configured);
        if (File.Exists(path) && SecretFile.IsOpenToOthers(path))
            faults.Add(Texts.Format(ConfigurationTexts.FileOpenToOthers, path));
        return Load(path, configuration["KeyRing:PreviousCertificatePassword"], faults);
    }

    private static X509Certificate2? Load(string path, string? password, Faults faults)
    {
        try
        {
            var certificate = X509CertificateLoader.LoadPkcs12FromFile(path, password);
            using var key = certificate.GetRSAPrivateKey();
            if (key is not null)
                return certificate;
        }
        catch (Exception failure) when (failure is CryptographicException or IOException or UnauthorizedAccessException)
        {
            // Told below, without the exception's own words.
        }

        faults.Add(Texts.Format(ConfigurationTexts.KeyRingUnreadable, path));
        return null;
    }

    private static byte[] Make(string? password)
    {
        using var rsa = RSA.Create(KeySize);
        var now = TimeProvider.System.GetUtcNow();
        var request = new CertificateRequest("CN=FinConsole key ring", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(YearsValid));
        return certificate.Export(X509ContentType.Pkcs12, password);
    }
}

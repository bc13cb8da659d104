using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.Hosting;

/// <summary>Replacing the certificate that protects the ring.</summary>
public sealed class KeyRingRotationTests
{
    [Fact]
    public async Task A_new_certificate_opens_what_was_protected_before_with_the_previous_one_beside_it_alone()
    {
        using var console = new ConsoleProcess();
        Assert.Equal(0, (await console.RunAsync("tenant", "add", "Initech", "boss@initech.example")).Code);
        // A checkpoint is signed with a private key under the ring.
        Assert.Equal(0, (await CheckpointAsync(console)).Code);
        var old = console.Settings["KeyRing__CertificateFile"];
        console.Settings["KeyRing__CertificateFile"] = Make(console.Folder);

        Assert.NotEqual(0, (await CheckpointAsync(console)).Code);
        console.Settings["KeyRing__PreviousCertificateFile"] = old;

        Assert.Equal(0, (await CheckpointAsync(console)).Code);
    }

    private static Task<CommandOutcome> CheckpointAsync(ConsoleProcess console) => console.RunAsync("audit", "checkpoint", "--tenant", "Initech", "--out", Path.Combine(console.Folder, "checkpoint"));

    private static string Make(string folder)
    {
        using var rsa = RSA.Create(2048);
        var request = new CertificateRequest("CN=Next", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(1));
        var path = Path.Combine(folder, "next.pfx");
        File.WriteAllBytes(path, certificate.Export(X509ContentType.Pkcs12));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }
}

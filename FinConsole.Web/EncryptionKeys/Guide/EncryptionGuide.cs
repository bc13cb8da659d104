using System.Globalization;
using System.Text;
using FinConsole.Core.EncryptionKeys;

namespace FinConsole.Web.EncryptionKeys.Guide;

/// <summary>One program of the guide, whole, with the tenant's own key in it.</summary>
/// <param name="Id">As it stands in ids of elements.</param>
/// <param name="Language">Its name, for people.</param>
/// <param name="FileName">What to save it as.</param>
public sealed record GuideSample(string Id, string Language, string FileName, string Text);

/// <summary>
/// The guide for those who build a client: texts and programs are files beside this one, embedded as they are, and get the tenant's
/// key where <c>{{…}}</c> stands. The tests take the programs out of the finished guide and run them.
/// </summary>
public static class EncryptionGuide
{
    /// <summary>RSAES-OAEP with SHA-256 takes two hashes and two bytes of each block (RFC 8017, section 7.1.1).</summary>
    private const int OaepOverhead = (2 * 32) + 2;

    private static readonly (string Id, string Language, string FileName, string Resource)[] Programs =
    [
        ("java", "Java", "Encrypt.java", "Encrypt.java"),
        ("javascript", "JavaScript", "encrypt.mjs", "encrypt.mjs"),
        ("python", "Python", "encrypt.py", "encrypt.py"),
        ("csharp", "C#", "Encrypt.cs", "Encrypt.cs.txt"),
        ("openssl", "OpenSSL", "encrypt.sh", "encrypt.sh"),
    ];

    /// <summary>What the page shows one by one.</summary>
    public static IReadOnlyList<GuideSample> Samples(EncryptionKeyView key) =>
        [.. Programs.Select(program => new GuideSample(program.Id, program.Language, program.FileName, Fill(Read($"Samples.{program.Resource}"), key)))];

    /// <summary>The whole guide, in Markdown.</summary>
    public static string Write(EncryptionKeyView key)
    {
        var guide = new StringBuilder(Read("guide.md"));
        foreach (var sample in Samples(key))
            guide.Replace($"{{{{sample:{sample.Id}}}}}", sample.Text.TrimEnd());
        return Fill(guide.ToString(), key);
    }

    private static string Fill(string text, EncryptionKeyView key)
    {
        var length = key.Size / 8;
        return text
            .Replace("{{key-id}}", key.KeyId.ToString(), StringComparison.Ordinal)
            .Replace("{{base64}}", key.PublicKey, StringComparison.Ordinal)
            .Replace("{{pem}}", key.Pem.TrimEnd(), StringComparison.Ordinal)
            .Replace("{{jwk}}", key.Jwk.TrimEnd(), StringComparison.Ordinal)
            .Replace("{{fingerprint}}", key.Fingerprint, StringComparison.Ordinal)
            .Replace("{{size}}", Number(key.Size), StringComparison.Ordinal)
            .Replace("{{ciphertext-length}}", Number(length), StringComparison.Ordinal)
            .Replace("{{ciphertext-characters}}", Number((length + 2) / 3 * 4), StringComparison.Ordinal)
            .Replace("{{longest-plaintext}}", Number(length - OaepOverhead), StringComparison.Ordinal);
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Read(string name)
    {
        using var stream = typeof(EncryptionGuide).Assembly.GetManifestResourceStream($"Guide.{name}")
            ?? throw new InvalidOperationException($"The guide's file {name} is not embedded.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}

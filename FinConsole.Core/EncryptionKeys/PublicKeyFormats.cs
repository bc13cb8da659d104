using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace FinConsole.Core.EncryptionKeys;

/// <summary>Writes a public key (SubjectPublicKeyInfo, DER) in the other formats that libraries read.</summary>
internal static class PublicKeyFormats
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static string ToPem(byte[] publicKey) => PemEncoding.WriteString("PUBLIC KEY", publicKey) + "\n";

    /// <summary>RFC 7517, with the algorithm's name of RFC 7518, section 4.3: RSAES OAEP using SHA-256 and MGF1 with SHA-256.</summary>
    public static string ToJwk(Guid keyId, byte[] publicKey)
    {
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(publicKey, out _);
        var numbers = rsa.ExportParameters(includePrivateParameters: false);
        var jwk = new Dictionary<string, string>
        {
            ["kty"] = "RSA",
            ["kid"] = keyId.ToString(),
            ["use"] = "enc",
            ["alg"] = "RSA-OAEP-256",
            ["n"] = Base64Url.EncodeToString(numbers.Modulus!),
            ["e"] = Base64Url.EncodeToString(numbers.Exponent!),
        };
        return JsonSerializer.Serialize(jwk, Indented) + "\n";
    }
}

namespace FinConsole.Core.EncryptionKeys.Decryption;

/// <summary>What a client sends in place of a secret: one RSA block, in Base64.</summary>
internal static class Ciphertext
{
    /// <summary>In characters: twice what a key of 8192 bits makes, line breaks and all. Longer texts are not even looked at.</summary>
    public const int Longest = 4096;

    /// <summary>
    /// The bytes; null for what is no Base64. Line breaks and spaces may stand in it, as "openssl base64" and mail programs put them there.
    /// </summary>
    public static byte[]? Decode(string text)
    {
        if (text.Length > Longest)
            return null;
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && length > 0 ? bytes[..length] : null;
    }
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace FinConsole.Core.EncryptionKeys.Decryption;

/// <summary>Tells what a text looks like, for those who send a ciphertext in another form than Base64.</summary>
internal static partial class CiphertextForms
{
    /// <summary>The form; null for Base64, and for what looks like no ciphertext at all.</summary>
    /// <param name="text">Without spaces at its ends.</param>
    /// <param name="isLength">Whether a ciphertext has so many bytes.</param>
    public static CiphertextForm? Recognize(string text, Func<int, bool> isLength)
    {
        if (FindFrame(text) is { } frame)
            return frame;
        if (Hex().IsMatch(text) && isLength(text.Count(char.IsAsciiHexDigit) / 2))
            return CiphertextForm.Hex;
        var bytes = DecodeBase64(text);
        if (bytes is not null && isLength(bytes.Length))
            return null;
        if (text.Contains(' ', StringComparison.Ordinal) && DecodeBase64(text.Replace(' ', '+')) is { } repaired && isLength(repaired.Length))
            return CiphertextForm.SpacesForPlus;
        if (bytes is not null)
            return RecognizeWithin(bytes, isLength);
        var isUrlSafe = !text.Any(char.IsWhiteSpace) && Base64Url.IsValid(text, out var length) && isLength(length);
        return isUrlSafe ? CiphertextForm.Base64Url : null;
    }

    /// <summary>
    /// The bytes; null for what is not Base64. Line breaks and spaces may stand in it, as "openssl base64" and mail programs put them there.
    /// </summary>
    public static byte[]? DecodeBase64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && length > 0 ? bytes[..length] : null;
    }

    // What stands around the bytes says what it is, whatever they are.
    private static CiphertextForm? FindFrame(string text)
    {
        if (Pem().Match(text) is { Success: true } pem)
            return pem.Groups["label"].Value.EndsWith("PUBLIC KEY", StringComparison.Ordinal) ? CiphertextForm.PublicKey : CiphertextForm.Pem;
        if (DataUrl().IsMatch(text))
            return CiphertextForm.DataUrl;
        if (Quoted().IsMatch(text))
            return CiphertextForm.Quoted;
        if (JavaArray().IsMatch(text))
            return CiphertextForm.JavaArray;
        if (ByteList().IsMatch(text))
            return CiphertextForm.ByteList;
        if (Jwe().IsMatch(text))
            return CiphertextForm.Jwe;
        return PercentEncoded().IsMatch(text) ? CiphertextForm.PercentEncoded : null;
    }

    // Base64 of something that is not as long as a ciphertext.
    private static CiphertextForm? RecognizeWithin(byte[] bytes, Func<int, bool> isLength)
    {
        if (Ascii.IsValid(bytes) && DecodeBase64(Encoding.ASCII.GetString(bytes)) is { } inner && isLength(inner.Length))
            return CiphertextForm.Base64Twice;
        return IsPublicKey(bytes) ? CiphertextForm.PublicKey : null;
    }

    private static bool IsPublicKey(byte[] bytes)
    {
        try
        {
            using var rsa = RSA.Create();
            rsa.ImportSubjectPublicKeyInfo(bytes, out _);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"\A(0x)?[0-9a-f:\s]+\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Hex();

    [GeneratedRegex(@"\A-----BEGIN (?<label>[A-Z0-9 ]{1,60})-----")]
    private static partial Regex Pem();

    [GeneratedRegex(@"\Adata:[^,]{0,200};base64,", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DataUrl();

    [GeneratedRegex(@"\A(?:b?'[A-Za-z0-9+/=_\-\\\s]{100,}'|""[A-Za-z0-9+/=_\-\\\s]{100,}""|`[A-Za-z0-9+/=_\-\\\s]{100,}`),?\z")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\A\[B@[0-9a-f]{1,8}\z")]
    private static partial Regex JavaArray();

    [GeneratedRegex(@"\A(?:[\[{(]\s*(?:-?\d{1,3}|0x[0-9a-f]{1,2})\s*,|<Buffer |\{\s*""type""\s*:\s*""Buffer"")", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ByteList();

    [GeneratedRegex(@"\A(?:ey[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*){4}\z|\{[^{}]{0,2000}""(?:ciphertext|encrypted_key)"")")]
    private static partial Regex Jwe();

    [GeneratedRegex(@"\A(?=[A-Za-z0-9+/=%]{100,}\z).*?%(?:2B|2F|3D)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PercentEncoded();
}

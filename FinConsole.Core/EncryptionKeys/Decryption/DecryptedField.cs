using System.Text;
using FinConsole.Core.Common;

namespace FinConsole.Core.EncryptionKeys.Decryption;

/// <summary>Why a payload's field was not decrypted.</summary>
public enum FieldFailure
{
    /// <summary>The key that the caller named has been rotated away, and its window is over.</summary>
    RetiredKey,

    /// <summary>It was padded with MGF1-SHA-1, which the tenant does not allow.</summary>
    WrongPadding,

    /// <summary>Made for another key, or damaged: nobody can tell which.</summary>
    CannotDecrypt,

    /// <summary>No Base64, or not as long as a ciphertext is: plaintext, most likely.</summary>
    Malformed,
}

/// <summary>What became of one field: text, bytes that are no text, or a failure.</summary>
/// <param name="Text">The plaintext, where it is UTF-8 as clients write it.</param>
/// <param name="Base64">The plaintext in Base64, where it is not.</param>
public sealed record DecryptedField(Secret? Text, Secret? Base64, FieldFailure? Failure)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    internal static DecryptedField Failed(FieldFailure failure) => new(null, null, failure);

    internal static DecryptedField Of(OpenedCiphertext opened) =>
        TextOf(opened.Reveal()) is { } text ? new DecryptedField(text, null, null) : new DecryptedField(null, new Secret(Convert.ToBase64String(opened.Reveal())), null);

    /// <summary>The bytes as text; null for what is none, a NUL in it included.</summary>
    internal static Secret? TextOf(ReadOnlySpan<byte> plaintext)
    {
        try
        {
            return plaintext.Contains((byte)0) ? null : new Secret(Strict.GetString(plaintext));
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}

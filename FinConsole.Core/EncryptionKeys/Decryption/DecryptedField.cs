using System.Text;
using FinConsole.Core.Common;

namespace FinConsole.Core.EncryptionKeys.Decryption;

/// <summary>Why a payload's field was not decrypted.</summary>
public enum FieldFailure
{
    /// <summary>The key that the caller named has been rotated away, and its window is over.</summary>
    RetiredKey,

    /// <summary>It was padded with digests that the tenant does not allow; <see cref="DecryptedField.Digests"/> says with which.</summary>
    WrongPadding,

    /// <summary>Made for another key, padded in a way that is not recognized, or damaged: nobody can tell which.</summary>
    CannotDecrypt,

    /// <summary>Not Base64, or not as long as a ciphertext is: plaintext, or what <see cref="DecryptedField.Form"/> says.</summary>
    Malformed,
}

/// <summary>What became of one field: text, bytes that are no text, or a failure.</summary>
/// <param name="Text">The plaintext, where it is UTF-8 as clients write it.</param>
/// <param name="Base64">The plaintext in Base64, where it is not.</param>
/// <param name="Digests">For a wrong padding: what it was padded with.</param>
/// <param name="Form">For a malformed field: what it looks like, where that can be told.</param>
/// <param name="Flaw">For a plaintext: why it may not be the text that its client meant.</param>
public sealed record DecryptedField(
    Secret? Text, Secret? Base64, FieldFailure? Failure, OaepDigests? Digests = null, CiphertextForm? Form = null, PlaintextFlaw? Flaw = null)
{
    internal static DecryptedField Failed(FieldFailure failure, OaepDigests? digests = null, CiphertextForm? form = null) =>
        new(null, null, failure, digests, form);

    internal static DecryptedField Of(OpenedCiphertext opened)
    {
        var flaw = PlaintextFlaws.Find(opened.Reveal());
        return TextOf(opened.Reveal()) is { } text
            ? new DecryptedField(text, null, null, Flaw: flaw)
            : new DecryptedField(null, new Secret(Convert.ToBase64String(opened.Reveal())), null, Flaw: flaw);
    }

    /// <summary>The bytes as text; null for what is none, a NUL in it included.</summary>
    internal static Secret? TextOf(ReadOnlySpan<byte> plaintext) =>
        PlaintextFlaws.Find(plaintext) is PlaintextFlaw.NotUtf8 or PlaintextFlaw.ContainsNul
            ? null
            : new Secret(Encoding.UTF8.GetString(plaintext));
}

using FinConsole.Core.Common;

namespace FinConsole.Core.EncryptionKeys;

/// <summary>Why something cannot be done with a key.</summary>
public static class EncryptionKeyErrors
{
    public static readonly Error NotFound = new(ErrorKind.NotFound, "encryption_key_not_found", "There is no such encryption key.");

    public static readonly Error RotatedMeanwhile = new(
        ErrorKind.Conflict, "rotated_meanwhile", "Somebody rotated the encryption keys a moment ago. Look at the new key first.");

    public static readonly Error ExportForbidden = new(
        ErrorKind.Refused, "export_forbidden", "Your organization's policy does not allow the private key to be exported.");

    public static readonly Error NotOpened = new(
        ErrorKind.Refused, "decryption_failed", "No key of this tenant opens this ciphertext: it was made for an older key, or it is damaged.");

    public static Error WeakPassphrase(string why) => new(ErrorKind.Invalid, "weak_passphrase", why);

    public static Error Malformed(string why) => new(ErrorKind.Invalid, "malformed_ciphertext", why);
}

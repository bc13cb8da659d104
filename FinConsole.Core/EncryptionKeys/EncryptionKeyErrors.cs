using FinConsole.Core.Common;
using FinConsole.Core.EncryptionKeys.Decryption;

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

    public static readonly Error CiphertextNeeded = new(
        ErrorKind.Refused, "ciphertext_expected", "Encrypt this field with your organization's current key (RSA-OAEP-256) and send it in Base64. Plaintext is not accepted.");

    public static readonly Error WrongPadding = new(
        ErrorKind.Refused, "wrong_padding", "This field was padded with MGF1-SHA-1, which your organization's policy does not allow. Set the digest of MGF1 to SHA-256.");

    public static readonly Error NoText = new(ErrorKind.Refused, "not_text", "What this field holds is no UTF-8 text.");

    public static readonly Error NoSuchTenant = new(ErrorKind.NotFound, "tenant_not_found", "There is no such tenant.");

    /// <summary>How a field's failure is told to the member whose field it is.</summary>
    internal static Error Of(FieldFailure failure) => failure switch
    {
        FieldFailure.Malformed => CiphertextNeeded,
        FieldFailure.WrongPadding => WrongPadding,
        FieldFailure.RetiredKey or FieldFailure.CannotDecrypt => NotOpened,
    };

    public static Error WeakPassphrase(string why) => new(ErrorKind.Invalid, "weak_passphrase", why);

    public static Error Malformed(string why) => new(ErrorKind.Invalid, "malformed_ciphertext", why);
}

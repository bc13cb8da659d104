using FinConsole.Core.Common;
using FinConsole.Core.EncryptionKeys.Decryption;

namespace FinConsole.Core.EncryptionKeys;

/// <summary>Why something cannot be done with a key.</summary>
public static class EncryptionKeyErrors
{
    public static readonly Error NotFound = new(ErrorKind.NotFound, "encryption_key_not_found", EncryptionKeyErrorTexts.NotFound);

    public static readonly Error RotatedMeanwhile = new(
        ErrorKind.Conflict, "rotated_meanwhile", EncryptionKeyErrorTexts.RotatedMeanwhile);

    public static readonly Error ExportForbidden = new(ErrorKind.Refused, "export_forbidden", EncryptionKeyErrorTexts.ExportForbidden);

    public static readonly Error NotOpened = new(ErrorKind.Refused, "decryption_failed", EncryptionKeyErrorTexts.NotOpened);

    public static readonly Error CiphertextNeeded = new(
        ErrorKind.Refused, "ciphertext_expected", EncryptionKeyErrorTexts.CiphertextNeeded);

    public static readonly Error WrongPadding = new(ErrorKind.Refused, "wrong_padding", EncryptionKeyErrorTexts.WrongPadding);

    public static readonly Error NoText = new(ErrorKind.Refused, "not_text", EncryptionKeyErrorTexts.NoText);

    public static readonly Error NoSuchTenant = new(ErrorKind.NotFound, "tenant_not_found", EncryptionKeyErrorTexts.NoSuchTenant);

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

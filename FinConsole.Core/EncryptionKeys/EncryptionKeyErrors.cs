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

    /// <summary>The private part was altered in the database, or moved there from another row.</summary>
    public static readonly Error Unreadable = new(ErrorKind.Refused, "encryption_key_unreadable", EncryptionKeyErrorTexts.Unreadable);

    public static readonly Error NotOpened = new(ErrorKind.Refused, "decryption_failed", EncryptionKeyErrorTexts.NotOpened);

    public static readonly Error CiphertextNeeded = new(
        ErrorKind.Refused, "ciphertext_expected", EncryptionKeyErrorTexts.CiphertextNeeded);

    /// <summary>The plaintext is of no use as a password or code: <see cref="PlaintextFlaw.NotUtf8"/> or <see cref="PlaintextFlaw.ContainsNul"/>.</summary>
    public static readonly Error NoText = new(ErrorKind.Refused, "not_text", EncryptionKeyErrorTexts.NoText);

    public static readonly Error NoSuchTenant = new(ErrorKind.NotFound, "tenant_not_found", EncryptionKeyErrorTexts.NoSuchTenant);

    /// <summary>The digests are recognized, and the tenant does not allow them.</summary>
    public static Error WrongPadding(OaepDigests digests) => new(
        ErrorKind.Refused, "wrong_padding",
        Texts.Format(EncryptionKeyErrorTexts.WrongPadding, OaepDigests.NameOf(digests.Hash), OaepDigests.NameOf(digests.Mgf1)));

    /// <summary>It has the length of a ciphertext, and is written in another form than Base64.</summary>
    public static Error WrongForm(CiphertextForm form) =>
        CiphertextNeeded with { Message = Texts.Format(EncryptionKeyErrorTexts.WrongForm, CiphertextReading.Describe(form)) };

    /// <summary>How the member whose field it is reads of its failure.</summary>
    internal static Error Of(TriedField field) => field switch
    {
        { Failure: FieldFailure.Malformed, Form: { } form } => WrongForm(form),
        { Failure: FieldFailure.Malformed } => CiphertextNeeded,
        { Failure: FieldFailure.WrongPadding, Digests: { } digests } => WrongPadding(digests),
        _ => NotOpened,
    };

    public static Error WeakPassphrase(string why) => new(ErrorKind.Invalid, "weak_passphrase", why);

    public static Error Malformed(string why) => new(ErrorKind.Invalid, "malformed_ciphertext", why);
}

using FinConsole.Core.Common;

namespace FinConsole.Core.EncryptionKeys.Decryption;

/// <summary>A text read as what a client sends in place of a secret: one RSA block, in Base64.</summary>
/// <param name="Bytes">Empty where it is none.</param>
/// <param name="Form">What it looks like instead, where that can be told.</param>
/// <param name="Error">What is wrong with it; null for a ciphertext as long as one of the tenant's keys makes.</param>
internal sealed record CiphertextReading(byte[] Bytes, CiphertextForm? Form, string? Error)
{
    /// <summary>In characters: twice what a key of 8192 bits makes, line breaks and all. Longer texts are not read.</summary>
    public const int Longest = 4096;

    // Of RSA keys in use, 2048 to 8192 bits. A password is shorter in every form.
    private const int ShortestCiphertext = 256;
    private const int LongestCiphertext = 1024;

    /// <summary>Reads a text that should be a ciphertext for one of these keys.</summary>
    public static CiphertextReading Of(string text, IReadOnlyList<TenantKey> keys)
    {
        if (string.IsNullOrWhiteSpace(text))
            return new CiphertextReading([], null, CiphertextTexts.Empty);
        if (text.Length > Longest)
            return new CiphertextReading([], null, CiphertextTexts.TooLong);
        if (CiphertextForms.Recognize(text.Trim(), length => keys.Any(key => key.Length == length)) is { } form)
            return new CiphertextReading([], form, Texts.Format(CiphertextTexts.OtherForm, Describe(form)));
        if (CiphertextForms.DecodeBase64(text) is not { } bytes)
            return new CiphertextReading([], null, CiphertextTexts.NotBase64);
        return keys.Any(key => key.Length == bytes.Length)
            ? new CiphertextReading(bytes, null, null)
            : new CiphertextReading([], null, Texts.Format(CiphertextTexts.WrongLength, bytes.Length, keys[0].Length));
    }

    /// <summary>
    /// Whether a text has the length and form of a ciphertext, whoever's key it was made for and however it is written. No password and
    /// no code has: they are shorter.
    /// </summary>
    public static bool LooksLikeCiphertext(string text)
    {
        if (text.Length is < ShortestCiphertext or > Longest)
            return false;
        var trimmed = text.Trim();
        return CiphertextForms.Recognize(trimmed, IsPlausible) is not null
            || (CiphertextForms.DecodeBase64(trimmed) is { } bytes && IsPlausible(bytes.Length));
    }

    /// <summary>One sentence about a text of this form.</summary>
    public static string Describe(CiphertextForm form) => form switch
    {
        CiphertextForm.Base64Url => CiphertextTexts.Base64Url,
        CiphertextForm.Hex => CiphertextTexts.Hex,
        CiphertextForm.Pem => CiphertextTexts.Pem,
        CiphertextForm.DataUrl => CiphertextTexts.DataUrl,
        CiphertextForm.Quoted => CiphertextTexts.Quoted,
        CiphertextForm.PercentEncoded => CiphertextTexts.PercentEncoded,
        CiphertextForm.SpacesForPlus => CiphertextTexts.SpacesForPlus,
        CiphertextForm.Base64Twice => CiphertextTexts.Base64Twice,
        CiphertextForm.ByteList => CiphertextTexts.ByteList,
        CiphertextForm.Jwe => CiphertextTexts.Jwe,
        CiphertextForm.JavaArray => CiphertextTexts.JavaArray,
        CiphertextForm.PublicKey => CiphertextTexts.PublicKey,
    };

    private static bool IsPlausible(int length) => length is >= ShortestCiphertext and <= LongestCiphertext;
}

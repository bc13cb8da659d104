namespace FinConsole.Core.EncryptionKeys.Decryption;

/// <summary>What a text looks like that should have been one RSA block in Base64.</summary>
public enum CiphertextForm
{
    /// <summary>Base64url (RFC 4648, section 5), or Base64 without its padding.</summary>
    Base64Url,

    Hex,

    /// <summary>Between BEGIN and END lines.</summary>
    Pem,

    /// <summary>data:…;base64,…</summary>
    DataUrl,

    /// <summary>With the quotes of JSON, or of a programming language: b'…' is how Python prints bytes.</summary>
    Quoted,

    /// <summary>Percent-encoded for a form or a URL.</summary>
    PercentEncoded,

    /// <summary>Base64 whose plus signs became spaces: sent in a form, or a URL, without percent-encoding.</summary>
    SpacesForPlus,

    Base64Twice,

    /// <summary>The bytes as a list of numbers.</summary>
    ByteList,

    /// <summary>A JSON Web Encryption object (RFC 7516).</summary>
    Jwe,

    /// <summary>How Java prints a byte array: its type and hash code, not its content.</summary>
    JavaArray,

    /// <summary>The key, not what was encrypted with it.</summary>
    PublicKey,
}

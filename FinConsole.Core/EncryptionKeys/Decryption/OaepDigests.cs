namespace FinConsole.Core.EncryptionKeys.Decryption;

/// <summary>A hash function that clients pad with (RFC 8017, appendix B.1). Stored by number; the numbers never change meaning.</summary>
public enum OaepDigest
{
    Sha1 = 0,
    Sha224 = 1,
    Sha256 = 2,
    Sha384 = 3,
    Sha512 = 4,
}

/// <summary>The two hash functions of RSAES-OAEP (RFC 8017, section 7.1), which a client chooses separately.</summary>
/// <param name="Hash">Of the label; what libraries call "the" digest.</param>
/// <param name="Mgf1">Of the mask generation function.</param>
public readonly record struct OaepDigests(OaepDigest Hash, OaepDigest Mgf1)
{
    /// <summary>SHA-256 for both: RSA-OAEP-256, what the guide asks for and every tenant accepts.</summary>
    public static readonly OaepDigests Standard = new(OaepDigest.Sha256, OaepDigest.Sha256);

    /// <summary>What Java's "RSA/ECB/OAEPWithSHA-256AndMGF1Padding" means by default; accepted where the tenant's policy allows it.</summary>
    public static readonly OaepDigests Mgf1Sha1 = new(OaepDigest.Sha256, OaepDigest.Sha1);

    /// <summary>Every pair that is recognized.</summary>
    public static readonly IReadOnlyList<OaepDigests> All =
        [
            .. from hash in Enum.GetValues<OaepDigest>()
               from mgf1 in Enum.GetValues<OaepDigest>()
               select new OaepDigests(hash, mgf1),
        ];

    /// <summary>For people and for the API: <c>SHA-256</c>.</summary>
    public static string NameOf(OaepDigest digest) => digest switch
    {
        OaepDigest.Sha1 => "SHA-1",
        OaepDigest.Sha224 => "SHA-224",
        OaepDigest.Sha256 => "SHA-256",
        OaepDigest.Sha384 => "SHA-384",
        OaepDigest.Sha512 => "SHA-512",
    };

    /// <summary>For people: <c>SHA-256 with MGF1-SHA-1</c>.</summary>
    public override string ToString() => $"{NameOf(Hash)} with MGF1-{NameOf(Mgf1)}";
}

using FinConsole.Core.EncryptionKeys.Decryption;

namespace FinConsole.Web.EncryptionKeys;

/// <summary>How one client library is told to use SHA-256 for both digests.</summary>
/// <param name="Client">Language or library.</param>
/// <param name="Line">The code, which replaces the client's own.</param>
internal sealed record OaepFix(string Client, string Line);

/// <summary>
/// The fix for each client that makes a mistake naturally: by default, or because its one digest is not the only one. Tests run every
/// line in its language, and every default (docs/encryption-keys.md has the table).
/// </summary>
internal static class OaepFixes
{
    public static readonly OaepFix Java = new("Java", KeyLabels.JavaFix);

    public static readonly OaepFix OpenSsl = new(
        "OpenSSL", "openssl pkeyutl -encrypt -pubin -inkey public.pem -pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha256 -pkeyopt rsa_mgf1_md:sha256");

    public static readonly OaepFix Php = new(
        EncryptionKeysTexts.ClientPhp,
        """$ciphertext = phpseclib3\Crypt\PublicKeyLoader::load($pem)->withPadding(phpseclib3\Crypt\RSA::ENCRYPTION_OAEP)->withHash('sha256')->withMGFHash('sha256')->encrypt($secret);""");

    public static readonly OaepFix Ruby = new(
        "Ruby", """ciphertext = key.encrypt(secret, "rsa_padding_mode" => "oaep", "rsa_oaep_md" => "sha256", "rsa_mgf1_md" => "sha256")""");

    public static readonly OaepFix Perl = new(
        EncryptionKeysTexts.ClientPerl, """my $ciphertext = Crypt::PK::RSA->new(\$pem)->encrypt($secret, "oaep", "SHA256");""");

    public static readonly OaepFix Node = new(
        "Node.js", """const ciphertext = crypto.publicEncrypt({ key: pem, padding: crypto.constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha256" }, Buffer.from(secret, "utf8"));""");

    public static readonly OaepFix Forge = new(
        "node-forge", """const ciphertext = key.encrypt(forge.util.encodeUtf8(secret), "RSA-OAEP", { md: forge.md.sha256.create(), mgf1: { md: forge.md.sha256.create() } });""");

    public static readonly OaepFix NodeRsa = new("node-rsa", """key.setOptions({ encryptionScheme: { scheme: "pkcs1_oaep", hash: "sha256" } });""");

    public static readonly OaepFix WebCrypto = new(
        "Web Crypto", """const key = await crypto.subtle.importKey("spki", der, { name: "RSA-OAEP", hash: "SHA-256" }, false, ["encrypt"]);""");

    public static readonly OaepFix PyCryptodome = new("Python: PyCryptodome", """ciphertext = PKCS1_OAEP.new(key, hashAlgo=SHA256).encrypt(secret.encode("utf-8"))""");

    public static readonly OaepFix Cryptography = new(
        EncryptionKeysTexts.ClientCryptography,
        """ciphertext = key.encrypt(secret.encode("utf-8"), padding.OAEP(mgf=padding.MGF1(hashes.SHA256()), algorithm=hashes.SHA256(), label=None))""");

    public static readonly OaepFix CSharp = new("C#", "var ciphertext = rsa.Encrypt(Encoding.UTF8.GetBytes(secret), RSAEncryptionPadding.OaepSHA256);");

    // Clients whose default is SHA-1 for both, or that offer it as their plain "OAEP".
    private static readonly OaepFix[] ForSha1 = [OpenSsl, Php, Ruby, Perl, Node, Forge, NodeRsa, PyCryptodome, Cryptography, Java, CSharp];

    // Clients in which MGF1 keeps SHA-1 when the other digest is set.
    private static readonly OaepFix[] ForMgf1Sha1 = [Java, Forge, Cryptography, OpenSsl];

    // Clients in which one name sets both.
    private static readonly OaepFix[] ForOneDigest = [Node, WebCrypto, PyCryptodome, Cryptography, CSharp, NodeRsa, OpenSsl, Java];

    // Clients in which each is set by itself.
    private static readonly OaepFix[] ForMixed = [Java, OpenSsl, Cryptography, Forge, Ruby];

    /// <summary>The clients in which this mistake is natural, the likeliest first.</summary>
    public static IReadOnlyList<OaepFix> For(OaepDigests digests) => digests switch
    {
        { Hash: OaepDigest.Sha1, Mgf1: OaepDigest.Sha1 } => ForSha1,
        { Mgf1: OaepDigest.Sha1 } => ForMgf1Sha1,
        _ when digests.Hash == digests.Mgf1 => ForOneDigest,
        _ => ForMixed,
    };
}

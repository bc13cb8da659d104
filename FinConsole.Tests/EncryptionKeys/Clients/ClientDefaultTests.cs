using FinConsole.Core.EncryptionKeys;
using FinConsole.Core.EncryptionKeys.Decryption;
using FinConsole.Tests.Architecture;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.EncryptionKeys;
using Xunit;

namespace FinConsole.Tests.EncryptionKeys.Clients;

/// <summary>What clients' libraries do by default, measured by running them, and what they do with the line that the page shows.</summary>
public sealed class ClientDefaultTests(SqliteCore core) : IClassFixture<SqliteCore>
{
    private const string Secret = "größer";
    private const string Sha1 = "SHA-1 with MGF1-SHA-1";
    private const string Sha256 = "SHA-256 with MGF1-SHA-256";
    private const string Latin1 = Sha256 + ", in Latin-1";
    private const string Unknown = "not recognized";

    private static readonly Lazy<string> Table = new(() => File.ReadAllText(Path.Combine(SourceTree.Root, "docs", "encryption-keys.md")));

    // By the call as the table in docs/encryption-keys.md writes it.
    private static readonly Dictionary<string, (ClientTool Tool, string Source, string Result)> Defaults = new()
    {
        ["`pkeyutl -pkeyopt rsa_padding_mode:oaep`"] = (ClientTool.Shell, ClientSources.Shell("openssl pkeyutl -encrypt -pubin -inkey public.pem -pkeyopt rsa_padding_mode:oaep"), Sha1),
        ["the same with `-pkeyopt rsa_oaep_md:sha256`"] =
            (ClientTool.Shell, ClientSources.Shell("openssl pkeyutl -encrypt -pubin -inkey public.pem -pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha256"), Sha256),
        ["`openssl_public_encrypt(…, OPENSSL_PKCS1_OAEP_PADDING)`"] =
            (ClientTool.Php, ClientSources.Php("openssl_public_encrypt($secret, $ciphertext, $pem, OPENSSL_PKCS1_OAEP_PADDING);"), Sha1),
        ["`openssl_public_encrypt(…)`"] = (ClientTool.Php, ClientSources.Php("openssl_public_encrypt($secret, $ciphertext, $pem);"), Unknown),
        ["`PublicKeyLoader::load($pem)->encrypt(…)`"] = (ClientTool.Php, ClientSources.Php("$ciphertext = phpseclib3\\Crypt\\PublicKeyLoader::load($pem)->encrypt($secret);"), Sha256),
        ["`key.public_encrypt(…, PKCS1_OAEP_PADDING)`"] = (ClientTool.Ruby, ClientSources.Ruby("ciphertext = key.public_encrypt(secret, OpenSSL::PKey::RSA::PKCS1_OAEP_PADDING)"), Sha1),
        ["`use_pkcs1_oaep_padding`, with `use_sha256_hash` or without"] = (
            ClientTool.Perl,
            ClientSources.Perl("my $key = Crypt::OpenSSL::RSA->new_public_key($pem); $key->use_pkcs1_oaep_padding; $key->use_sha256_hash; my $ciphertext = $key->encrypt($secret);"),
            Sha1),
        ["`Crypt::PK::RSA->new(…)->encrypt(…)`"] = (ClientTool.Perl, ClientSources.Perl("my $ciphertext = Crypt::PK::RSA->new(\\$pem)->encrypt($secret);"), Sha1),
        ["`PKCS1_OAEP.new(key)`"] = (ClientTool.Python, ClientSources.PyCryptodome("ciphertext = PKCS1_OAEP.new(key).encrypt(secret.encode('utf-8'))"), Sha1),
        ["`public_encrypt(…, pkcs1_oaep_padding)`"] = (ClientTool.Python, ClientSources.M2Crypto("ciphertext = key.public_encrypt(secret.encode('utf-8'), M2Crypto.RSA.pkcs1_oaep_padding)"), Sha1),
        ["`publicEncrypt(key, …)`"] = (ClientTool.Node, ClientSources.Node("const ciphertext = crypto.publicEncrypt(pem, Buffer.from(secret, 'utf8'));"), Sha1),
        ["`publicEncrypt({ key, oaepHash: \"sha512\" }, …)`"] =
            (ClientTool.Node, ClientSources.Node("const ciphertext = crypto.publicEncrypt({ key: pem, oaepHash: 'sha512' }, Buffer.from(secret, 'utf8'));"), "SHA-512 with MGF1-SHA-512"),
        ["`key.encrypt(…, \"RSA-OAEP\")`"] = (ClientTool.Node, ClientSources.Forge("const ciphertext = key.encrypt(secret, 'RSA-OAEP');"), Sha1),
        ["the same with `{ md: sha256 }`"] = (ClientTool.Node, ClientSources.Forge("const ciphertext = key.encrypt(secret, 'RSA-OAEP', { md: forge.md.sha256.create() });"), Latin1),
        ["the same with `{ md: sha256, mgf1: { md: sha1 } }`"] = (
            ClientTool.Node,
            ClientSources.Forge("const ciphertext = key.encrypt(secret, 'RSA-OAEP', { md: forge.md.sha256.create(), mgf1: { md: forge.md.sha1.create() } });"),
            "SHA-256 with MGF1-SHA-1"),
        ["`key.encrypt(…)`"] = (ClientTool.Node, ClientSources.NodeRsa(""), Sha1),
        ["`encryptOAEP(…)`"] = (ClientTool.Node, ClientSources.JsEncrypt("encryptOAEP"), Latin1),
        ["`encrypt(…)`"] = (ClientTool.Node, ClientSources.JsEncrypt("encrypt"), Unknown),
        ["`OAEPWithSHA-256AndMGF1Padding`, by SunJCE"] =
            (ClientTool.Java, ClientSources.Java("cipher.init(Cipher.ENCRYPT_MODE, key);", "RSA/ECB/OAEPWithSHA-256AndMGF1Padding"), "SHA-256 with MGF1-SHA-1"),
        ["`OAEPWithSHA-512AndMGF1Padding`, by SunJCE"] =
            (ClientTool.Java, ClientSources.Java("cipher.init(Cipher.ENCRYPT_MODE, key);", "RSA/ECB/OAEPWithSHA-512AndMGF1Padding"), "SHA-512 with MGF1-SHA-1"),
        ["`OAEPPadding`, by either"] = (ClientTool.Java, ClientSources.Java("cipher.init(Cipher.ENCRYPT_MODE, key);", "RSA/ECB/OAEPPadding"), Sha1),
        ["`OAEPWithSHA-256AndMGF1Padding`, by BouncyCastle"] =
            (ClientTool.Java, ClientSources.Java("cipher.init(Cipher.ENCRYPT_MODE, key);", "RSA/ECB/OAEPWithSHA-256AndMGF1Padding", "BC"), Sha256),
        ["`Encrypt(…, RSAEncryptionPadding.OaepSHA1)`"] = (ClientTool.CSharp, ClientSources.CSharp("var ciphertext = rsa.Encrypt(Encoding.UTF8.GetBytes(secret), RSAEncryptionPadding.OaepSHA1);"), Sha1),
    };

    private static readonly Dictionary<OaepFix, (ClientTool Tool, Func<string, string> Source)> Fixes = new()
    {
        [OaepFixes.Java] = (ClientTool.Java, line => ClientSources.Java(line, "RSA/ECB/OAEPWithSHA-256AndMGF1Padding")),
        [OaepFixes.OpenSsl] = (ClientTool.Shell, ClientSources.Shell),
        [OaepFixes.Php] = (ClientTool.Php, ClientSources.Php),
        [OaepFixes.Ruby] = (ClientTool.Ruby, ClientSources.Ruby),
        [OaepFixes.Perl] = (ClientTool.Perl, ClientSources.Perl),
        [OaepFixes.Node] = (ClientTool.Node, line => ClientSources.Node(line)),
        [OaepFixes.Forge] = (ClientTool.Node, ClientSources.Forge),
        [OaepFixes.NodeRsa] = (ClientTool.Node, ClientSources.NodeRsa),
        [OaepFixes.WebCrypto] = (
            ClientTool.Node, line => ClientSources.Node(line, "Buffer.from(await crypto.subtle.encrypt({ name: 'RSA-OAEP' }, key, Buffer.from(secret, 'utf8'))).toString('base64')")),
        [OaepFixes.PyCryptodome] = (ClientTool.Python, ClientSources.PyCryptodome),
        [OaepFixes.Cryptography] = (ClientTool.Python, ClientSources.Cryptography),
        [OaepFixes.CSharp] = (ClientTool.CSharp, ClientSources.CSharp),
    };

    public static TheoryData<string> Calls() => [.. Defaults.Keys];

    public static TheoryData<string> FixedClients() => [.. Fixes.Keys.Select(fix => fix.Client)];

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_client_does_by_default_what_the_table_says(string call)
    {
        var (tool, source, result) = Defaults[call];

        Assert.Equal(result, await MeasureAsync(tool, source));

        var row = Assert.Single(Table.Value.Split('\n'), line => line.Contains($"| {call} |", StringComparison.Ordinal));
        Assert.EndsWith($"| {result} |", row, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(FixedClients))]
    public async Task The_line_that_the_page_shows_fixes_the_client(string client)
    {
        var (fix, (tool, source)) = Fixes.Single(each => each.Key.Client == client);

        Assert.Equal(Sha256, await MeasureAsync(tool, source(fix.Line)));
    }

    [Fact]
    public void Every_pair_of_digests_has_a_fix_and_every_fix_is_run()
    {
        var shown = OaepDigests.All.Where(digests => digests != OaepDigests.Standard).Select(OaepFixes.For).ToList();

        Assert.All(shown, Assert.NotEmpty);
        Assert.Equal(Fixes.Keys.Select(fix => fix.Client).Order(), shown.SelectMany(fixes => fixes).Select(fix => fix.Client).Distinct().Order());
    }

    private async Task<string> MeasureAsync(ClientTool tool, string source)
    {
        var tenant = await core.NewTenantWithKeyAsync();
        var ciphertext = await ClientRunner.RunAsync(tool, source, (await core.CurrentKeyAsync(tenant)).PublicKey, Secret);

        var tried = await core.TryOpenAsync(tenant, ciphertext);

        Assert.NotEqual(TriedOutcome.Malformed, tried.Answer);
        return (tried.Key?.Digests.ToString() ?? Unknown) + (tried.Flaw == PlaintextFlaw.NotUtf8 ? ", in Latin-1" : "");
    }
}

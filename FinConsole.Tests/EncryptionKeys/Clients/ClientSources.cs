namespace FinConsole.Tests.EncryptionKeys.Clients;

/// <summary>Programs around the one line in which clients differ. The line makes <c>ciphertext</c>, or whatever the last line says.</summary>
internal static class ClientSources
{
    public static string Shell(string line) => $"set -eu\n{line} | openssl base64 -A\n";

    public static string Php(string line) =>
        $"<?php\n@include 'phpseclib3/autoload.php';\n$pem = file_get_contents('public.pem');\n$secret = stream_get_contents(STDIN);\n{line}\necho base64_encode($ciphertext);\n";

    public static string Ruby(string line) =>
        $"require \"openssl\"\nkey = OpenSSL::PKey::RSA.new(File.read(\"public.pem\"))\nsecret = $stdin.read\n{line}\nprint [ciphertext].pack(\"m0\")\n";

    public static string Perl(string line) =>
        "use strict; use MIME::Base64; use Crypt::PK::RSA; use Crypt::OpenSSL::RSA;\nlocal $/; open(my $file, '<', 'public.pem'); my $pem = <$file>; my $secret = <STDIN>;\n"
        + $"{line}\nprint encode_base64($ciphertext, '');\n";

    public static string PyCryptodome(string line) =>
        "import base64, sys\nfrom Cryptodome.Cipher import PKCS1_OAEP\nfrom Cryptodome.Hash import SHA256\nfrom Cryptodome.PublicKey import RSA\n"
        + $"key = RSA.import_key(open('public.pem').read())\nsecret = sys.stdin.buffer.read().decode('utf-8')\n{line}\nprint(base64.b64encode(ciphertext).decode())\n";

    public static string M2Crypto(string line) =>
        $"import base64, sys\nimport M2Crypto\nkey = M2Crypto.RSA.load_pub_key('public.pem')\nsecret = sys.stdin.buffer.read().decode('utf-8')\n{line}\nprint(base64.b64encode(ciphertext).decode())\n";

    public static string Cryptography(string line) =>
        "import base64, sys\nfrom cryptography.hazmat.primitives import hashes\nfrom cryptography.hazmat.primitives.asymmetric import padding\n"
        + "from cryptography.hazmat.primitives.serialization import load_pem_public_key\nkey = load_pem_public_key(open('public.pem', 'rb').read())\n"
        + $"secret = sys.stdin.buffer.read().decode('utf-8')\n{line}\nprint(base64.b64encode(ciphertext).decode())\n";

    /// <param name="line">The line.</param>
    /// <param name="last">An expression: the ciphertext in Base64.</param>
    public static string Node(string line, string last = "ciphertext.toString(\"base64\")") =>
        "import crypto from \"node:crypto\"; import { readFileSync } from \"node:fs\"; import { createRequire } from \"node:module\";\nconst require = createRequire(import.meta.url);\n"
        + "const forge = require(\"node-forge\"), NodeRsa = require(\"node-rsa\"), JsEncrypt = require(\"jsencrypt\");\n"
        + $"const pem = readFileSync(\"public.pem\", \"utf8\"), der = readFileSync(\"public.der\"), secret = readFileSync(0, \"utf8\");\n{line}\nconsole.log({last});\n";

    public static string Forge(string line) => Node($"const key = forge.pki.publicKeyFromPem(pem);\n{line}", "forge.util.encode64(ciphertext)");

    public static string NodeRsa(string line) => Node($"const key = new (NodeRsa.default ?? NodeRsa)(pem);\n{line}", "key.encrypt(secret, \"base64\")");

    public static string JsEncrypt(string call) => Node("const key = new (JsEncrypt.JSEncrypt ?? JsEncrypt.default ?? JsEncrypt)(); key.setPublicKey(pem);", $"key.{call}(secret)");

    /// <param name="line">Sets <c>cipher</c> up, by <c>key</c>.</param>
    /// <param name="transformation">What Cipher.getInstance is asked for.</param>
    /// <param name="provider">BC or SunJCE.</param>
    public static string Java(string line, string transformation, string provider = "SunJCE") =>
        "import java.nio.file.*; import java.security.*; import java.security.spec.*; import java.util.*; import javax.crypto.*; import javax.crypto.spec.*;\n"
        + "public class Client { public static void main(String[] arguments) throws Exception {\n"
        + "PublicKey key = KeyFactory.getInstance(\"RSA\").generatePublic(new X509EncodedKeySpec(Files.readAllBytes(Path.of(\"public.der\"))));\n"
        + (provider == "BC" ? "Security.addProvider((Provider) Class.forName(\"org.bouncycastle.jce.provider.BouncyCastleProvider\").getConstructor().newInstance());\n" : "")
        + $"Cipher cipher = Cipher.getInstance(\"{transformation}\", \"{provider}\");\n{line}\n"
        + "System.out.print(Base64.getEncoder().encodeToString(cipher.doFinal(System.in.readAllBytes()))); } }\n";

    public static string CSharp(string line) =>
        "using System; using System.IO; using System.Security.Cryptography; using System.Text;\nusing var rsa = RSA.Create(); rsa.ImportFromPem(File.ReadAllText(\"public.pem\"));\n"
        + $"var secret = new StreamReader(Console.OpenStandardInput()).ReadToEnd();\n{line}\nConsole.Write(Convert.ToBase64String(ciphertext));\n";
}

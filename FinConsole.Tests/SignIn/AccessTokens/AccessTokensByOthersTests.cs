using System.Buffers.Text;
using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using FinConsole.Core.Members;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.SignIn.AccessTokens;

/// <summary>Others verify our access tokens with the published keys, and encrypt with the published key: nothing of ours runs there.</summary>
public sealed class AccessTokensByOthersTests(AccessWebConsole web) : IClassFixture<AccessWebConsole>, IDisposable
{
    private const string Node = """
        const { createPublicKey, verify, publicEncrypt, constants } = require("node:crypto");
        const { jwt, jwks, key, secret } = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
        const [header, claims, signature] = jwt.split(".");
        const { kid, alg, typ } = JSON.parse(Buffer.from(header, "base64url"));
        const jwk = jwks.keys.find(each => each.kid === kid);
        const good = alg === "ES256" && typ === "at+jwt" && verify("sha256", Buffer.from(`${header}.${claims}`),
            { key: createPublicKey({ key: jwk, format: "jwk" }), dsaEncoding: "ieee-p1363" }, Buffer.from(signature, "base64url"));
        const cipher = publicEncrypt({ key: createPublicKey({ key, format: "jwk" }), padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha256" }, Buffer.from(secret));
        console.log(JSON.stringify({ good, sub: JSON.parse(Buffer.from(claims, "base64url")).sub, cipher: cipher.toString("base64") }));
        """;

    private const string Python = """
        import base64, json, sys
        from cryptography.hazmat.primitives import hashes, serialization
        from cryptography.hazmat.primitives.asymmetric import ec, padding, utils
        given = json.load(sys.stdin)
        decode = lambda text: base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        header, claims, signature = given["jwt"].split(".")
        kid = json.loads(decode(header))["kid"]
        jwk = next(each for each in given["jwks"]["keys"] if each["kid"] == kid)
        number = lambda text: int.from_bytes(decode(text), "big")
        public = ec.EllipticCurvePublicNumbers(number(jwk["x"]), number(jwk["y"]), ec.SECP256R1()).public_key()
        raw = decode(signature)
        public.verify(utils.encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")), f"{header}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
        rsa = serialization.load_pem_public_key(given["pem"].encode())
        cipher = rsa.encrypt(given["secret"].encode(), padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None))
        print(json.dumps({"good": True, "sub": json.loads(decode(claims))["sub"], "cipher": base64.b64encode(cipher).decode()}))
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("finconsole-others-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("node", Node)]
    [InlineData("python3", Python)]
    public async Task A_program_of_another_language_verifies_the_token_and_encrypts_a_password(string language, string source)
    {
        var program = await web.NewProgramAsync(Role.Cashier);
        var keys = await AccessWebConsole.ReadAsync(await web.Program().GetAsync("/.well-known/jwks.json", Stop), HttpStatusCode.OK);
        var key = await AccessWebConsole.ReadAsync(await program.Http.GetAsync("/api/v1/encryption-keys/current", Stop), HttpStatusCode.OK);
        var given = new System.Text.Json.Nodes.JsonObject
        {
            ["jwt"] = program.AccessToken,
            ["jwks"] = keys.DeepClone(),
            ["key"] = key["jwk"]!.DeepClone(),
            ["pem"] = key["pem"]!.GetValue<string>(),
            ["secret"] = WebConsole.Password,
        };
        var file = Path.Combine(_folder, language == "node" ? "verify.cjs" : "verify.py");
        await File.WriteAllTextAsync(file, source, Stop);
        var interpreter = language == "node" || (await Programs.TryAsync(language, ["-c", "import cryptography"])).Code == 0 ? language : "/usr/bin/python3";

        var output = System.Text.Json.Nodes.JsonNode.Parse(await Programs.RunAsync(interpreter, [file], Encoding.UTF8.GetBytes(given.ToJsonString()), _folder))!;

        Assert.True(output["good"]!.GetValue<bool>());
        Assert.Equal(AccessSteps.Part(new(program.AccessToken), 1)["sub"]!.GetValue<string>(), output["sub"]!.GetValue<string>());
        var body = System.Net.Http.Json.JsonContent.Create(new { currentPassword = output["cipher"]!.GetValue<string>(), newPassword = "4711" });
        // Understood: what is refused is the other field, which nobody encrypted.
        var refusal = await AccessWebConsole.RefusedAsync(await program.Http.PostAsync("/api/v1/me/password", body, Stop), HttpStatusCode.UnprocessableEntity, "ciphertext_expected");
        Assert.Equal(["newPassword"], refusal["errors"]!.AsObject().Select(field => field.Key));
    }

    [Fact]
    public async Task OpenSSL_verifies_the_token()
    {
        var program = await web.NewProgramAsync(Role.Developer);
        var parts = program.AccessToken.Split('.');
        var kid = AccessSteps.Part(new(program.AccessToken), 0)["kid"]!.GetValue<string>();
        var keys = await AccessWebConsole.ReadAsync(await web.Program().GetAsync("/.well-known/jwks.json", Stop), HttpStatusCode.OK);
        var jwk = keys["keys"]!.AsArray().Single(each => each!["kid"]!.GetValue<string>() == kid)!;
        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Base64Url.DecodeFromChars(jwk["x"]!.GetValue<string>()), Y = Base64Url.DecodeFromChars(jwk["y"]!.GetValue<string>()) },
        });
        await File.WriteAllTextAsync(Path.Combine(_folder, "key.pem"), key.ExportSubjectPublicKeyInfoPem(), Stop);
        await File.WriteAllBytesAsync(Path.Combine(_folder, "signature.der"), ToDer(Base64Url.DecodeFromChars(parts[2])), Stop);

        Assert.Equal(0, await VerifyAsync($"{parts[0]}.{parts[1]}"));
        Assert.NotEqual(0, await VerifyAsync($"{parts[0]}.{parts[1]}x"));
    }

    private async Task<int> VerifyAsync(string signed) =>
        (await Programs.TryAsync("openssl", ["dgst", "-sha256", "-verify", "key.pem", "-signature", "signature.der"], Encoding.ASCII.GetBytes(signed), _folder)).Code;

    private static byte[] ToDer(byte[] signature)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteIntegerUnsigned(Trim(signature.AsSpan(0, 32)));
            writer.WriteIntegerUnsigned(Trim(signature.AsSpan(32)));
        }

        return writer.Encode();
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> number) => number.TrimStart((byte)0);
}

using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn.AccessTokens;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.SignIn.AccessTokens;

/// <summary>Forged access tokens: none gets in, and all are refused in the same words (RFC 8725, "JSON Web Token Best Current Practices").</summary>
public sealed class AccessTokenAttackTests(AccessWebConsole web) : IClassFixture<AccessWebConsole>
{
    [Fact]
    public async Task None_of_them_gets_in_and_the_real_one_still_does()
    {
        var program = await web.NewProgramAsync(Role.TenantAdmin);
        var secret = new Secret(program.AccessToken);
        var (header, claims) = (AccessSteps.Part(secret, 0), AccessSteps.Part(secret, 1));
        using var key = await web.Services.GetRequiredService<SigningKeys>().OpenAsync(Stop);
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var attacks = Headers(header, claims, key, own).Concat(Claims(header, claims, key)).Concat(Bytes(program.AccessToken)).ToList();
        attacks.Add(("expired", await web.SignAsync(program, DateTimeOffset.UtcNow.AddHours(-1).AddSeconds(-31))));
        attacks.Add(("issued in the future", await web.SignAsync(program, DateTimeOffset.UtcNow.AddSeconds(60))));

        foreach (var (name, jwt) in attacks)
        {
            var answer = await AskAsync(jwt);
            Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"{name}: {answer.StatusCode}");
            Assert.Equal("Bearer error=\"invalid_token\"", answer.Headers.WwwAuthenticate.ToString());
        }

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(program.AccessToken)).StatusCode);
        // What the attacks are made with is good in itself: only what each changes stands in its way.
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(Sign(header, claims, key.Ecdsa))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(await web.SignAsync(program, DateTimeOffset.UtcNow.AddHours(-1).AddSeconds(-15)))).StatusCode);
    }

    private static IEnumerable<(string, string)> Headers(JsonObject header, JsonObject claims, SigningKey key, ECDsa own)
    {
        yield return ("alg none", Unsigned(With(header, ("alg", "none")), claims));
        yield return ("alg None", Unsigned(With(header, ("alg", "None")), claims));
        yield return ("alg none with the old signature", Sign(With(header, ("alg", "none")), claims, key.Ecdsa));
        foreach (var (form, secret) in PublicForms(key))
            yield return ($"HS256 with the public key as {form}", SignHmac(With(header, ("alg", "HS256")), claims, secret));
        yield return ("HS256 with an empty key", SignHmac(With(header, ("alg", "HS256")), claims, []));
        yield return ("ES384 by name", Sign(With(header, ("alg", "ES384")), claims, key.Ecdsa));
        yield return ("es256 in small letters", Sign(With(header, ("alg", "es256")), claims, key.Ecdsa));
        yield return ("another key under our kid", Sign(header, claims, own));
        yield return ("another kid", Sign(With(header, ("kid", Guid.NewGuid().ToString())), claims, own));
        yield return ("another kid, our key", Sign(With(header, ("kid", Guid.NewGuid().ToString())), claims, key.Ecdsa));
        yield return ("a kid that is a path", Sign(With(header, ("kid", "../../etc/passwd")), claims, own));
        yield return ("a kid that is SQL", Sign(With(header, ("kid", "' OR 1=1 --")), claims, own));
        yield return ("no kid", Sign(With(header, ("kid", null)), claims, key.Ecdsa));
        yield return ("jwk", Sign(With(header, ("jwk", Jwk(own))), claims, own));
        yield return ("jwk with our kid and signature", Sign(With(header, ("jwk", Jwk(own))), claims, key.Ecdsa));
        yield return ("jku", Sign(With(header, ("jku", "https://evil.example/jwks.json")), claims, own));
        yield return ("x5u", Sign(With(header, ("x5u", "https://evil.example/cert.pem")), claims, key.Ecdsa));
        yield return ("crit", Sign(With(header, ("crit", new JsonArray("exp"))), claims, key.Ecdsa));
        yield return ("typ JWT", Sign(With(header, ("typ", "JWT")), claims, key.Ecdsa));
        yield return ("typ id token", Sign(With(header, ("typ", "id+jwt")), claims, key.Ecdsa));
        yield return ("no typ", Sign(With(header, ("typ", null)), claims, key.Ecdsa));
    }

    private static IEnumerable<(string, string)> Claims(JsonObject header, JsonObject claims, SigningKey key)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        (string Name, (string, JsonNode?) Change)[] changes =
        [
            ("another audience", ("aud", "https://elsewhere.example/api/v1")), ("no audience", ("aud", null)), ("another issuer", ("iss", "https://elsewhere.example/")),
            ("an expiry beyond our hour", ("exp", claims["exp"]!.GetValue<long>() + 1)), ("an expiry in a year", ("exp", now + 31_536_000)),
            ("our issuer with a slash", ("iss", claims["iss"]!.GetValue<string>() + "/")), ("another client", ("client_id", "elsewhere")), ("no client", ("client_id", null)), ("no id", ("jti", null)),
            ("no issuer", ("iss", null)), ("no expiry", ("exp", null)), ("expiry as text", ("exp", "never")), ("expired long ago", ("exp", now - 3600)),
            ("not yet valid", ("nbf", now + 60)), ("no time of issue", ("iat", null)), ("another subject", ("sub", Guid.NewGuid().ToString())), ("no subject", ("sub", null)),
            ("another tenant", ("tid", Guid.NewGuid().ToString())), ("another session", ("sid", Guid.NewGuid().ToString())), ("a session that is none", ("sid", "x")), ("no session", ("sid", null)),
        ];
        return changes.Select(each => (each.Name, Sign(header, With(claims, each.Change), key.Ecdsa)));
    }

    private static IEnumerable<(string, string)> Bytes(string jwt)
    {
        var parts = jwt.Split('.');
        yield return ("a changed claim under the old signature", $"{parts[0]}.{AccessSteps.Encode(With(AccessSteps.Part(new Secret(jwt), 1), ("role", "admin"), ("x", 1)))}.{parts[2]}");
        yield return ("a changed signature", $"{parts[0]}.{parts[1]}.{(parts[2][0] == 'A' ? 'B' : 'A')}{parts[2][1..]}");
        yield return ("a cut signature", jwt[..^4]);
        yield return ("no signature", $"{parts[0]}.{parts[1]}.");
        yield return ("a zero signature", $"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(new byte[64])}");
        yield return ("two parts", $"{parts[0]}.{parts[1]}");
        yield return ("four parts", jwt + "." + parts[2]);
        yield return ("five parts", jwt + "." + parts[1] + "." + parts[2]);
        yield return ("empty parts", "..");
        yield return ("a header twice", Base64Url.EncodeToString("""{"alg":"ES256","alg":"none","typ":"at+jwt"}"""u8) + "." + parts[1] + "." + parts[2]);
        yield return ("a header that is no object", Base64Url.EncodeToString("[]"u8) + "." + parts[1] + "." + parts[2]);
        yield return ("a header that is no JSON", Base64Url.EncodeToString("{"u8) + "." + parts[1] + "." + parts[2]);
        yield return ("junk", "junk");
        yield return ("deep JSON", Base64Url.EncodeToString(Encoding.UTF8.GetBytes(new string('[', 1000))) + "." + parts[1] + "." + parts[2]);
        yield return ("a very long one", jwt + new string('A', 8000));
    }

    private static JsonObject With(JsonObject part, params (string Name, JsonNode? Value)[] changes)
    {
        var changed = (JsonObject)part.DeepClone();
        foreach (var (name, value) in changes)
        {
            changed.Remove(name);
            if (value is not null)
                changed[name] = value.DeepClone();
        }

        return changed;
    }

    private static string Unsigned(JsonObject header, JsonObject claims) => $"{AccessSteps.Encode(header)}.{AccessSteps.Encode(claims)}.";

    private static string Sign(JsonObject header, JsonObject claims, ECDsa key)
    {
        var text = $"{AccessSteps.Encode(header)}.{AccessSteps.Encode(claims)}";
        return $"{text}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256))}";
    }

    private static string SignHmac(JsonObject header, JsonObject claims, byte[] secret)
    {
        var text = $"{AccessSteps.Encode(header)}.{AccessSteps.Encode(claims)}";
        return $"{text}.{Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(text)))}";
    }

    private static IEnumerable<(string, byte[])> PublicForms(SigningKey key)
    {
        yield return ("PEM", Encoding.ASCII.GetBytes(key.Ecdsa.ExportSubjectPublicKeyInfoPem()));
        yield return ("PEM with a line break", Encoding.ASCII.GetBytes(key.Ecdsa.ExportSubjectPublicKeyInfoPem() + "\n"));
        yield return ("DER", key.Ecdsa.ExportSubjectPublicKeyInfo());
        yield return ("coordinate", key.Ecdsa.ExportParameters(includePrivateParameters: false).Q.X!);
    }

    private static JsonObject Jwk(ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = Base64Url.EncodeToString(point.X!), ["y"] = Base64Url.EncodeToString(point.Y!) };
    }

    private async Task<HttpResponseMessage> AskAsync(string jwt)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/whoami");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {jwt}");
        return await web.Program().SendAsync(request, Stop);
    }
}

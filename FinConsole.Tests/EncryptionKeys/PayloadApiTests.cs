using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using FinConsole.Core.Members;
using FinConsole.Core.ServiceTokens;
using FinConsole.Tests.SignIn.AccessTokens;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.EncryptionKeys;

public sealed class PayloadApiTests(AccessWebConsole web) : IClassFixture<AccessWebConsole>
{
    private const string Route = "/api/v1/payload/decrypt";

    [Fact]
    public async Task A_service_gets_each_field_and_the_tenants_reviewer_sees_the_call()
    {
        var (service, reviewer) = (await ServiceAsync("payments api"), await web.NewProgramAsync(Role.SecurityReviewer));
        var (tenantId, kid, encrypt) = await KeyAsync(reviewer);

        var answer = await AccessWebConsole.ReadAsync(
            await service.PostAsJsonAsync(Route, new { tenantId, kid, fields = new Dictionary<string, string> { ["pin"] = encrypt("4711"), ["plain"] = "4711" } }, Stop), HttpStatusCode.OK);

        Assert.Equal("""{"fields":{"pin":{"value":"4711"},"plain":{"error":"malformed"}}}""", answer.ToJsonString());
        var log = await AccessWebConsole.ReadAsync(await reviewer.Http.GetAsync("/api/v1/audit?q=action:encryption-key.decrypt&limit=1", Stop), HttpStatusCode.OK);
        var entry = log["items"]![0]!;
        Assert.Equal(("service", "payments api", """{"count":2,"failed":1}"""), (entry["actorKind"]!.GetValue<string>(), entry["actorName"]!.GetValue<string>(), entry["metadata"]!.ToJsonString()));
    }

    [Fact]
    public async Task A_field_says_which_digests_it_was_made_with_what_it_looks_like_and_what_is_wrong_with_its_text()
    {
        var (service, admin) = (await ServiceAsync("kyc api"), await web.NewProgramAsync(Role.TenantAdmin));
        var (tenantId, _, _) = await KeyAsync(admin);
        var pem = (await AccessWebConsole.ReadAsync(await admin.Http.GetAsync("/api/v1/encryption-keys/current", Stop), HttpStatusCode.OK))["pem"]!.GetValue<string>();
        using var rsa = RSA.Create();
        rsa.ImportFromPem(pem);
        string Sealed(byte[] bytes, RSAEncryptionPadding padding) => Convert.ToBase64String(rsa.Encrypt(bytes, padding));
        var fine = rsa.Encrypt("4711"u8.ToArray(), RSAEncryptionPadding.OaepSHA256);
        var fields = new Dictionary<string, string>
        {
            ["sha1"] = Sealed([1], RSAEncryptionPadding.OaepSHA1),
            ["sha512"] = Sealed([1], RSAEncryptionPadding.OaepSHA512),
            ["pkcs1"] = Sealed([1], RSAEncryptionPadding.Pkcs1),
            ["hex"] = Convert.ToHexString(fine),
            ["latin1"] = Sealed([0xF6], RSAEncryptionPadding.OaepSHA256),
            ["echo"] = Sealed("4711\n"u8.ToArray(), RSAEncryptionPadding.OaepSHA256),
        };

        var answer = await AccessWebConsole.ReadAsync(await service.PostAsJsonAsync(Route, new { tenantId, fields }, Stop), HttpStatusCode.OK);

        var expected = new Dictionary<string, string>
        {
            ["sha1"] = """{"error":"wrong_padding","digests":{"hash":"SHA-1","mgf1":"SHA-1"}}""",
            ["sha512"] = """{"error":"wrong_padding","digests":{"hash":"SHA-512","mgf1":"SHA-512"}}""",
            ["pkcs1"] = """{"error":"cannot_decrypt"}""",
            ["hex"] = """{"error":"malformed","looksLike":"hex"}""",
            ["latin1"] = """{"base64":"9g==","warning":"not_utf8"}""",
            ["echo"] = """{"value":"4711\n","warning":"line_break"}""",
        };
        foreach (var (name, json) in expected)
            Assert.Equal(json, answer["fields"]![name]!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }

    [Fact]
    public async Task Nobody_else_may_and_nothing_else_is_taken()
    {
        var (service, admin) = (await ServiceAsync("risk api"), await web.NewProgramAsync(Role.TenantAdmin));
        var (tenantId, _, encrypt) = await KeyAsync(admin);
        var body = new { tenantId, fields = new Dictionary<string, string> { ["pin"] = encrypt("4711") } };

        await AccessWebConsole.RefusedAsync(await web.Program().PostAsJsonAsync(Route, body, Stop), HttpStatusCode.Unauthorized, "invalid_token");
        await AccessWebConsole.RefusedAsync(await admin.Http.PostAsJsonAsync(Route, body, Stop), HttpStatusCode.Forbidden, "service_token_required");
        await AccessWebConsole.RefusedAsync(
            await service.PostAsJsonAsync(Route, new { tenantId = Guid.NewGuid(), body.fields }, Stop), HttpStatusCode.NotFound, "tenant_not_found");
        foreach (var wrong in (object[])[new { tenantId }, new { tenantId, fields = new { } }, new { tenantId = "x", body.fields }, new { tenantId, kid = "x", body.fields }, new { tenantId, fields = new { pin = 1 } }])
            Assert.Equal(HttpStatusCode.BadRequest, (await service.PostAsJsonAsync(Route, wrong, Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await service.PostAsync(Route, new StringContent("{}", Encoding.UTF8, "text/plain"), Stop)).StatusCode);
        // And a service is no tenant's: it reads no key and no log.
        await AccessWebConsole.RefusedAsync(await service.GetAsync("/api/v1/encryption-keys/current", Stop), HttpStatusCode.Forbidden, "tenant_credential_required");
        await AccessWebConsole.RefusedAsync(await service.GetAsync("/api/v1/audit", Stop), HttpStatusCode.Forbidden, "tenant_credential_required");
    }

    private async Task<HttpClient> ServiceAsync(string name)
    {
        var made = await web.Services.GetRequiredService<AddServiceToken>().HandleAsync(name, null, Stop);
        Assert.True(made.Succeeded, made.Error?.ToString());
        var client = web.Program();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", made.Value.Secret.Reveal());
        return client;
    }

    private static async Task<(Guid Tenant, Guid Kid, Func<string, string> Encrypt)> KeyAsync(SignedInProgram program)
    {
        var key = await AccessWebConsole.ReadAsync(await program.Http.GetAsync("/api/v1/encryption-keys/current", Stop), HttpStatusCode.OK);
        var rsa = RSA.Create();
        rsa.ImportFromPem(key["pem"]!.GetValue<string>());
        var tenant = Guid.Parse(AccessSteps.Part(new(program.AccessToken), 1)["tid"]!.GetValue<string>());
        return (tenant, key["kid"]!.GetValue<Guid>(), plaintext => Convert.ToBase64String(rsa.Encrypt(Encoding.UTF8.GetBytes(plaintext), RSAEncryptionPadding.OaepSHA256)));
    }
}

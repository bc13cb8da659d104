using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.Mfa;
using FinConsole.Core.Tenants;
using FinConsole.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.SignIn.AccessTokens;

/// <summary>What a member's program does with the member's own account: the key, the password, the second factor.</summary>
public sealed class OwnAccountApiTests(AccessWebConsole web) : IClassFixture<AccessWebConsole>
{
    private const string NewPassword = "quiet-meadow-lantern-93";

    [Theory]
    [InlineData(Role.TenantAdmin)]
    [InlineData(Role.Developer)]
    [InlineData(Role.SecurityReviewer)]
    [InlineData(Role.Cashier)]
    public async Task Every_member_reads_the_key_that_they_encrypt_with(Role role)
    {
        var key = await AccessWebConsole.ReadAsync(await (await web.NewProgramAsync(role)).Http.GetAsync("/api/v1/encryption-keys/current", Stop), HttpStatusCode.OK);

        Assert.Equal(["algorithm", "createdAt", "jwk", "kid", "pem", "publicKey"], key.Select(member => member.Key).Order());
        using var fromPem = RSA.Create();
        fromPem.ImportFromPem(key["pem"]!.GetValue<string>());
        Assert.Equal(key["publicKey"]!.GetValue<string>(), Convert.ToBase64String(fromPem.ExportSubjectPublicKeyInfo()));
        Assert.Equal(("RSA-OAEP-256", key["kid"]!.GetValue<string>()), (key["algorithm"]!.GetValue<string>(), key["jwk"]!["kid"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Without_a_credential_there_is_no_key()
    {
        await AccessWebConsole.RefusedAsync(await web.Program().GetAsync("/api/v1/encryption-keys/current", Stop), HttpStatusCode.Unauthorized, "invalid_token");
    }

    [Fact]
    public async Task A_password_is_changed_under_the_tenants_key_and_ends_the_other_sessions()
    {
        var program = await web.NewProgramAsync(Role.Cashier);
        var other = await web.SignInProgramAsync(program.Email);
        var encrypt = await EncryptorAsync(program);

        var answer = await program.Http.PostAsJsonAsync(
            "/api/v1/me/password", new { currentPassword = encrypt(WebConsole.Password), newPassword = encrypt(NewPassword) }, Stop);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        await AccessWebConsole.RefusedAsync(await other.Http.GetAsync("/api/v1/whoami", Stop), HttpStatusCode.Unauthorized, "invalid_token");
        Assert.Equal(HttpStatusCode.OK, (await program.Http.GetAsync("/api/v1/whoami", Stop)).StatusCode);
        var login = new { email = program.Email, password = NewPassword };
        Assert.Equal(HttpStatusCode.OK, (await web.Program().PostAsJsonAsync("/api/v1/auth/login", login, Stop)).StatusCode);
    }

    [Fact]
    public async Task Plaintext_a_wrong_padding_and_another_key_are_refused_field_by_field()
    {
        var program = await web.NewProgramAsync(Role.Developer);
        var encrypt = await EncryptorAsync(program);
        using var stranger = RSA.Create(3072);
        var foreign = Convert.ToBase64String(stranger.Encrypt(Encoding.UTF8.GetBytes(WebConsole.Password), RSAEncryptionPadding.OaepSHA256));

        var plain = await AccessWebConsole.RefusedAsync(await ChangeAsync(WebConsole.Password, encrypt(NewPassword)), HttpStatusCode.UnprocessableEntity, "ciphertext_expected");
        Assert.Equal(["currentPassword"], plain["errors"]!.AsObject().Select(field => field.Key));
        plain = await AccessWebConsole.RefusedAsync(await ChangeAsync(encrypt(WebConsole.Password), NewPassword), HttpStatusCode.UnprocessableEntity, "ciphertext_expected");
        Assert.Equal(["newPassword"], plain["errors"]!.AsObject().Select(field => field.Key));
        await AccessWebConsole.RefusedAsync(await ChangeAsync(foreign, encrypt(NewPassword)), HttpStatusCode.UnprocessableEntity, "decryption_failed");
        await AccessWebConsole.RefusedAsync(await ChangeAsync(encrypt("not this one"), encrypt(NewPassword)), HttpStatusCode.UnprocessableEntity, "wrong_password");
        await AccessWebConsole.RefusedAsync(await ChangeAsync(encrypt(WebConsole.Password), encrypt("short")), HttpStatusCode.BadRequest, "weak_password");
        await AccessWebConsole.RefusedAsync(
            await program.Http.PostAsJsonAsync("/api/v1/me/password", new { currentPassword = encrypt(WebConsole.Password) }, Stop), HttpStatusCode.BadRequest, "malformed_json");
        Assert.Equal(HttpStatusCode.OK, (await web.Program().PostAsJsonAsync("/api/v1/auth/login", new { email = program.Email, password = WebConsole.Password }, Stop)).StatusCode);

        Task<HttpResponseMessage> ChangeAsync(string currentPassword, string newPassword) =>
            program.Http.PostAsJsonAsync("/api/v1/me/password", new { currentPassword, newPassword }, Stop);
    }

    [Fact]
    public async Task Keys_are_rotated_by_those_who_may_and_prove_who_they_are()
    {
        var program = await web.NewProgramAsync(Role.Developer);
        var (before, encrypt) = (await KeyIdAsync(program), await EncryptorAsync(program));
        await AccessWebConsole.RefusedAsync(await RotateAsync(await web.NewProgramAsync(Role.SecurityReviewer), encrypt(WebConsole.Password)), HttpStatusCode.Forbidden, "insufficient_scope");
        await AccessWebConsole.RefusedAsync(await RotateAsync(program, WebConsole.Password), HttpStatusCode.UnprocessableEntity, "ciphertext_expected");
        await AccessWebConsole.RefusedAsync(await RotateAsync(program, encrypt("not this one")), HttpStatusCode.UnprocessableEntity, "wrong_password");
        Assert.Equal(before, await KeyIdAsync(program));

        var sent = encrypt(WebConsole.Password);
        var answer = await RotateAsync(program, sent, "once-1");
        var made = await AccessWebConsole.ReadAsync(answer, HttpStatusCode.Created);

        Assert.NotEqual(before, made["kid"]!.GetValue<string>());
        Assert.Equal(made["kid"]!.GetValue<string>(), await KeyIdAsync(program));
        // The answer was lost: the same key and body answer the same pair.
        Assert.Equal(made["kid"]!.GetValue<string>(), (await AccessWebConsole.ReadAsync(await RotateAsync(program, sent, "once-1"), HttpStatusCode.Created))["kid"]!.GetValue<string>());
        await AccessWebConsole.RefusedAsync(await RotateAsync(program, sent), HttpStatusCode.UnprocessableEntity, "decryption_failed");

        static Task<HttpResponseMessage> RotateAsync(SignedInProgram program, string password, string? key = null)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/encryption-keys/rotate") { Content = JsonContent.Create(new { password }) };
            if (key is not null)
                request.Headers.Add("Idempotency-Key", key);
            return program.Http.SendAsync(request, Stop);
        }
    }

    [Fact]
    public async Task A_second_factor_is_set_up_used_and_taken_away()
    {
        var program = await web.NewProgramAsync(Role.Developer);
        await AccessWebConsole.RefusedAsync(await program.Http.PostAsJsonAsync("/api/v1/me/mfa", new { password = "not this one" }, Stop), HttpStatusCode.UnprocessableEntity, "wrong_password");
        await AccessWebConsole.RefusedAsync(await program.Http.PostAsJsonAsync("/api/v1/me/mfa/confirm", new { code = "000000" }, Stop), HttpStatusCode.UnprocessableEntity, "mfa_enrolment_over");
        var other = await web.SignInProgramAsync(program.Email);

        var (secret, codes) = await EnrolAsync(program);

        Assert.Equal(10, codes.Count);
        await AccessWebConsole.RefusedAsync(await other.Http.GetAsync("/api/v1/whoami", Stop), HttpStatusCode.Unauthorized, "invalid_token");
        await AccessWebConsole.RefusedAsync(await program.Http.PostAsJsonAsync("/api/v1/me/mfa", new { password = WebConsole.Password }, Stop), HttpStatusCode.UnprocessableEntity, "mfa_required");
        var wrong = await AccessWebConsole.RefusedAsync(await TurnOffAsync("000000"), HttpStatusCode.UnprocessableEntity, "wrong_code");
        Assert.Equal(["code"], wrong["errors"]!.AsObject().Select(field => field.Key));
        Assert.Equal(HttpStatusCode.NoContent, (await TurnOffAsync(codes[0])).StatusCode);
        Assert.StartsWith("otpauth://totp/FinConsole%20localhost:", secret, StringComparison.Ordinal);
        await AccessWebConsole.RefusedAsync(await TurnOffAsync(codes[1]), HttpStatusCode.UnprocessableEntity, "mfa_not_on");

        Task<HttpResponseMessage> TurnOffAsync(string code) => program.Http.SendAsync(
            new HttpRequestMessage(HttpMethod.Delete, "/api/v1/me/mfa") { Content = JsonContent.Create(new { password = WebConsole.Password, code }) }, Stop);
    }

    [Theory]
    [InlineData("Authorization")]
    [InlineData("X-API-Key")]
    [InlineData("X-Auth-Token")]
    public async Task Fincepts_calls_take_the_access_token_in_any_header_and_need_no_body_just_after_sign_in(string header)
    {
        var signedIn = await web.NewProgramAsync(Role.TenantAdmin);
        var program = web.Program();
        program.DefaultRequestHeaders.TryAddWithoutValidation(header, (header == "Authorization" ? "Bearer " : "") + signedIn.AccessToken);

        var secret = await AccessWebConsole.ReadAsync(await program.PostAsync("/user/mfa/enable", null, Stop), HttpStatusCode.OK);
        var history = await AccessWebConsole.ReadAsync(await program.GetAsync("/user/login-history?limit=1", Stop), HttpStatusCode.OK);

        Assert.Equal(32, secret["secret"]!.GetValue<string>().Length);
        Assert.Equal(signedIn.Email, history["items"]![0]!["account"]!.GetValue<string>());
    }

    [Fact]
    public async Task Where_the_tenant_requires_a_second_factor_a_member_without_one_can_set_it_up_and_nothing_else()
    {
        await using var strict = new AccessWebConsole();
        await strict.InitializeAsync();
        var program = await strict.NewProgramAsync(Role.Developer);
        await using (var context = strict.Services.GetRequiredService<ConsoleDb>().OpenForOperator())
            await context.Set<Tenant>().ExecuteUpdateAsync(set => set.SetProperty(tenant => tenant.RequiresMfa, true), Stop);

        await AccessWebConsole.RefusedAsync(await program.Http.GetAsync("/api/v1/whoami", Stop), HttpStatusCode.Forbidden, "mfa_enrolment_required");
        await EnrolAsync(program);

        Assert.Equal(HttpStatusCode.OK, (await program.Http.GetAsync("/api/v1/whoami", Stop)).StatusCode);
    }

    /// <summary>Sets a second factor up over HTTP; answers what the QR code says, and the recovery codes.</summary>
    internal static async Task<(string Uri, IReadOnlyList<string> Codes)> EnrolAsync(SignedInProgram program)
    {
        var begun = await AccessWebConsole.ReadAsync(await program.Http.PostAsJsonAsync("/api/v1/me/mfa", new { password = WebConsole.Password }, Stop), HttpStatusCode.OK);
        var secret = OtpNet.Base32Encoding.ToBytes(begun["secret"]!.GetValue<string>());
        var code = Totp.Code(secret, Totp.StepOf(DateTimeOffset.UtcNow));
        var confirmed = await AccessWebConsole.ReadAsync(await program.Http.PostAsJsonAsync("/api/v1/me/mfa/confirm", new { code }, Stop), HttpStatusCode.OK);
        return (begun["otpauthUri"]!.GetValue<string>(), [.. confirmed["recoveryCodes"]!.AsArray().Select(each => each!.GetValue<string>())]);
    }

    private static async Task<string> KeyIdAsync(SignedInProgram program) =>
        (await AccessWebConsole.ReadAsync(await program.Http.GetAsync("/api/v1/encryption-keys/current", Stop), HttpStatusCode.OK))["kid"]!.GetValue<string>();

    private static async Task<Func<string, string>> EncryptorAsync(SignedInProgram program)
    {
        var key = await AccessWebConsole.ReadAsync(await program.Http.GetAsync("/api/v1/encryption-keys/current", Stop), HttpStatusCode.OK);
        var rsa = RSA.Create();
        rsa.ImportFromPem(key["pem"]!.GetValue<string>());
        return plaintext => Convert.ToBase64String(rsa.Encrypt(Encoding.UTF8.GetBytes(plaintext), RSAEncryptionPadding.OaepSHA256));
    }
}

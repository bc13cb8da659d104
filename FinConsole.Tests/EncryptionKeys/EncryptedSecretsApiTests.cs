using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using FinConsole.Core.Data;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.Members;
using FinConsole.Core.Mfa;
using FinConsole.Core.Policies;
using FinConsole.Tests.Fixtures;
using FinConsole.Tests.SignIn.AccessTokens;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.EncryptionKeys;

/// <summary>One rule for every route that takes a password or code: plaintext or encrypted, told by its form; and no ciphertext is a wrong guess.</summary>
public sealed partial class EncryptedSecretsApiTests(AccessWebConsole web) : IClassFixture<AccessWebConsole>
{
    private const int MoreThanLock = 6;
    public static TheoryData<string, string> SignedInFields() =>
        [.. SecretFields.All.Keys.Where(field => field.Route != "post /api/v1/auth/login").Select(field => (field.Route, field.Field))];

    [Fact]
    public async Task The_description_states_the_rule_for_every_field()
    {
        var root = JsonNode.Parse(await web.Program().GetStringAsync("/openapi/v1.json", Stop))!;
        var found = new Dictionary<(string, string), string?>();
        foreach (var (path, operations) in root["paths"]!.AsObject())
        {
            foreach (var (method, operation) in operations!.AsObject())
            {
                if (operation!["requestBody"]?["content"]?["application/json"]?["schema"] is { } schema)
                    SecretFields.Collect(root, schema, "", (field, text) => found[($"{method} {path}", field)] = text);
            }
        }

        Assert.Equal(SecretFields.All.Keys.OrderBy(key => $"{key}"), found.Keys.Select(key => (key.Item1, key.Item2)).OrderBy(key => $"{key}"));
        Assert.All(found, each => Assert.EndsWith(SecretFields.All[each.Key], each.Value, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(SignedInFields))]
    public async Task What_does_not_decrypt_is_refused_and_never_locks_the_account(string route, string field)
    {
        var (program, cashier) = (await web.NewProgramAsync(Role.Developer), (await web.NewMemberAsync(Role.Cashier)).Email);
        using var stranger = RSA.Create(3072);
        var encrypt = await EncryptorAsync(program);
        var foreign = Convert.ToBase64String(stranger.Encrypt(Encoding.UTF8.GetBytes(WebConsole.Password), RSAEncryptionPadding.OaepSHA256));
        var body = await BodyAsync(route, program, cashier, encrypt);

        foreach (var (text, code) in new[] { (foreign, "decryption_failed"), (Convert.ToHexString(Convert.FromBase64String(foreign)), "ciphertext_expected") })
        {
            Set(body.Json, field, text);
            for (var number = 0; number < MoreThanLock; number++)
            {
                var refused = await AccessWebConsole.RefusedAsync(await SendAsync(program, body.Route, body.Json), HttpStatusCode.UnprocessableEntity, code);
                Assert.Equal([field], refused["errors"]!.AsObject().Select(error => error.Key));
            }
        }

        await web.SignInProgramAsync(program.Email);
        await web.SignInProgramAsync(cashier);
    }

    [Fact]
    public async Task A_tenant_that_demands_encryption_takes_plaintext_on_no_route_and_locks_nobody_for_it()
    {
        var fields = SecretFields.All.Where(field => field.Value == SecretFields.Either && field.Key.Route != "post /api/v1/auth/login").Select(field => field.Key).ToList();
        var prepared = new List<(string Route, string Field, SignedInProgram Program, string Cashier, JsonObject Json)>();
        foreach (var (route, field) in fields)
        {
            var (program, cashier) = (await web.NewProgramAsync(Role.Developer), (await web.NewMemberAsync(Role.Cashier)).Email);
            var encrypt = await EncryptorAsync(program);
            var body = await BodyAsync(route, program, cashier, encrypt);
            foreach (var (_, other) in fields.Where(each => each.Route == route))
                Set(body.Json, other, encrypt(Plain(other)));
            Set(body.Json, field, Plain(field));
            prepared.Add((body.Route, field, program, cashier, body.Json));
        }

        await DemandEncryptionAsync(true);
        try
        {
            foreach (var (route, field, program, cashier, json) in prepared)
            {
                for (var number = 0; number < MoreThanLock; number++)
                {
                    var refused = await AccessWebConsole.RefusedAsync(await SendAsync(program, route, json), HttpStatusCode.UnprocessableEntity, "encryption_required");
                    Assert.Equal([field], refused["errors"]!.AsObject().Select(error => error.Key));
                }

                var encrypt = await EncryptorAsync(program);
                Assert.Equal(HttpStatusCode.OK, (await LoginAsync(program.Email, encrypt(WebConsole.Password))).StatusCode);
                Assert.Equal(HttpStatusCode.OK, (await LoginAsync(cashier, encrypt(WebConsole.Password))).StatusCode);
            }

            var login = await AccessWebConsole.RefusedAsync(await LoginAsync(prepared[0].Program.Email, WebConsole.Password), HttpStatusCode.UnprocessableEntity, "encryption_required");
            Assert.Equal(["password"], login["errors"]!.AsObject().Select(error => error.Key));
            await AccessWebConsole.RefusedAsync(await LoginAsync("nobody@acme.example", WebConsole.Password), HttpStatusCode.Unauthorized, "invalid_credentials");
            // Whether the member has a second factor does not decide about the form of its code.
            var without = prepared.First(each => each.Route != "delete /api/v1/me/mfa").Program;
            var encrypted = await EncryptorAsync(without);
            login = await AccessWebConsole.RefusedAsync(
                await LoginAsync(without.Email, encrypted(WebConsole.Password), "000000"), HttpStatusCode.UnprocessableEntity, "encryption_required");
            Assert.Equal(["totp"], login["errors"]!.AsObject().Select(error => error.Key));
            Assert.Equal(LoginOutcome.Unencrypted, await LastOutcomeAsync(without.Email));
            Assert.Equal(HttpStatusCode.OK, (await LoginAsync(without.Email, encrypted(WebConsole.Password), encrypted("000000"))).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await LoginAsync(without.Email, encrypted(WebConsole.Password), "")).StatusCode);
        }
        finally
        {
            await DemandEncryptionAsync(false);
        }

        static string Plain(string field) => field.EndsWith("password", StringComparison.Ordinal) ? WebConsole.Password : "000000";
    }

    [Fact]
    public async Task The_encrypted_right_password_and_codes_are_taken_wherever_the_plain_ones_are()
    {
        var program = await web.NewProgramAsync(Role.Developer);
        var encrypt = await EncryptorAsync(program);
        var begun = await AccessWebConsole.ReadAsync(await program.Http.PostAsJsonAsync("/api/v1/me/mfa", new { password = encrypt(WebConsole.Password) }, Stop), HttpStatusCode.OK);
        var secret = begun["secret"]!.GetValue<string>();
        var confirmed = await AccessWebConsole.ReadAsync(await program.Http.PostAsJsonAsync("/api/v1/me/mfa/confirm", new { code = encrypt(Code(secret, 0)) }, Stop), HttpStatusCode.OK);
        var recovery = confirmed["recoveryCodes"]![0]!.GetValue<string>();

        var login = new { email = program.Email, password = encrypt(WebConsole.Password), totp = encrypt(Code(secret, 1)) };
        Assert.Equal(HttpStatusCode.OK, (await web.Program().PostAsJsonAsync("/api/v1/auth/login", login, Stop)).StatusCode);
        var off = new JsonObject { ["password"] = encrypt(WebConsole.Password), ["code"] = encrypt(recovery) };
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(program, "delete /api/v1/me/mfa", off)).StatusCode);

        var cashier = new { email = (await web.NewMemberAsync(Role.Cashier)).Email, password = encrypt(WebConsole.Password) };
        var body = new { name = $"Token {Guid.NewGuid():N}", environment = "development", expiry = "24h", scopes = new[] { "read:*" }, cashier };
        var made = await AccessWebConsole.ReadAsync(await program.Http.PostAsJsonAsync("/api/v1/tokens", body, Stop), HttpStatusCode.Created);
        var rotated = await program.Http.PostAsJsonAsync($"/api/v1/tokens/{made["id"]!.GetValue<string>()}/rotate", new { overlap = "1h", cashier }, Stop);
        Assert.Equal(HttpStatusCode.Created, rotated.StatusCode);
    }

    [Fact]
    public async Task A_sign_in_with_what_does_not_decrypt_is_answered_like_a_wrong_password_and_locks_nothing()
    {
        var program = await web.NewProgramAsync(Role.Developer);
        var encrypt = await EncryptorAsync(program);
        using var stranger = RSA.Create(3072);
        var foreign = Convert.ToBase64String(stranger.Encrypt(Encoding.UTF8.GetBytes(WebConsole.Password), RSAEncryptionPadding.OaepSHA256));
        foreach (var password in new[] { foreign, foreign[..^8], Convert.ToHexString(Convert.FromBase64String(foreign)) })
        {
            for (var number = 0; number < MoreThanLock; number++)
                await AccessWebConsole.RefusedAsync(await LoginAsync(program.Email, password), HttpStatusCode.Unauthorized, "invalid_credentials");
            await AccessWebConsole.RefusedAsync(await LoginAsync("nobody@acme.example", password), HttpStatusCode.Unauthorized, "invalid_credentials");
        }

        Assert.Equal(LoginOutcome.Undecryptable, await LastOutcomeAsync(program.Email));
        Assert.Equal(HttpStatusCode.OK, (await LoginAsync(program.Email, encrypt(WebConsole.Password))).StatusCode);
        // What does decrypt is a guess like any other.
        for (var number = 0; number < MoreThanLock; number++)
            await AccessWebConsole.RefusedAsync(await LoginAsync(program.Email, encrypt("not this one")), HttpStatusCode.Unauthorized, "invalid_credentials");
        Assert.Equal(LoginOutcome.Locked, await LastOutcomeAsync(program.Email));
    }

    [Fact]
    public async Task A_code_at_sign_in_that_does_not_decrypt_locks_nothing()
    {
        var program = await web.NewProgramAsync(Role.Developer);
        var (uri, _) = await OwnAccountApiTests.EnrolAsync(program);
        var secret = System.Web.HttpUtility.ParseQueryString(new Uri(uri).Query)["secret"]!;
        using var stranger = RSA.Create(3072);
        var foreign = Convert.ToBase64String(stranger.Encrypt("123456"u8.ToArray(), RSAEncryptionPadding.OaepSHA256));

        for (var number = 0; number < MoreThanLock; number++)
            await AccessWebConsole.RefusedAsync(await LoginAsync(program.Email, WebConsole.Password, foreign), HttpStatusCode.Unauthorized, "invalid_credentials");

        Assert.Equal(LoginOutcome.Undecryptable, await LastOutcomeAsync(program.Email));
        Assert.Equal(HttpStatusCode.OK, (await LoginAsync(program.Email, WebConsole.Password, Code(secret, 1))).StatusCode);
    }

    [Fact]
    public async Task A_code_at_sign_in_that_does_not_decrypt_is_refused_also_where_no_second_factor_asks_for_it()
    {
        var program = await web.NewProgramAsync(Role.Developer);
        using var stranger = RSA.Create(3072);
        var foreign = Convert.ToBase64String(stranger.Encrypt("123456"u8.ToArray(), RSAEncryptionPadding.OaepSHA256));

        for (var number = 0; number < MoreThanLock; number++)
            await AccessWebConsole.RefusedAsync(await LoginAsync(program.Email, WebConsole.Password, foreign), HttpStatusCode.Unauthorized, "invalid_credentials");

        Assert.Equal(LoginOutcome.Undecryptable, await LastOutcomeAsync(program.Email));
        Assert.Equal(HttpStatusCode.OK, (await LoginAsync(program.Email, WebConsole.Password, "000000")).StatusCode);
    }

    [Fact]
    public async Task Each_refusal_says_what_is_wrong_with_a_ciphertext()
    {
        var program = await web.NewProgramAsync(Role.Developer);
        var key = await AccessWebConsole.ReadAsync(await program.Http.GetAsync("/api/v1/encryption-keys/current", Stop), HttpStatusCode.OK);
        using var rsa = RSA.Create();
        rsa.ImportFromPem(key["pem"]!.GetValue<string>());
        foreach (var (padding, bytes, code, says) in new[]
        {
            (RSAEncryptionPadding.OaepSHA1, Encoding.UTF8.GetBytes(WebConsole.Password), "wrong_padding", "SHA-1 for the hash and SHA-1 for MGF1"),
            (RSAEncryptionPadding.OaepSHA256, Encoding.Latin1.GetBytes("größer"), "not_text", "UTF-8"),
        })
        {
            var body = new { password = Convert.ToBase64String(rsa.Encrypt(bytes, padding)) };
            var refused = await AccessWebConsole.RefusedAsync(await program.Http.PostAsJsonAsync("/api/v1/me/mfa", body, Stop), HttpStatusCode.UnprocessableEntity, code);
            Assert.Contains(says, refused["errors"]!["password"]!.ToString(), StringComparison.Ordinal);
        }
    }

    // Right in everything, so that the one field alone can be what is refused.
    private async Task<(string Route, JsonObject Json)> BodyAsync(string route, SignedInProgram program, string cashier, Func<string, string> encrypt)
    {
        var person = new JsonObject { ["email"] = cashier, ["password"] = WebConsole.Password };
        switch (route)
        {
            case "post /api/v1/tokens":
                return (route, New(person));
            case "post /api/v1/tokens/{id}/rotate":
                var made = await AccessWebConsole.ReadAsync(await SendAsync(program, "post /api/v1/tokens", New((JsonObject)person.DeepClone())), HttpStatusCode.Created);
                return (route.Replace("{id}", made["id"]!.GetValue<string>(), StringComparison.Ordinal), new JsonObject { ["overlap"] = "1h", ["cashier"] = person });
            case "post /api/v1/me/mfa/confirm":
                await AccessWebConsole.ReadAsync(await program.Http.PostAsJsonAsync("/api/v1/me/mfa", new { password = WebConsole.Password }, Stop), HttpStatusCode.OK);
                return (route, []);
            case "post /api/v1/encryption-keys/rotate":
                return (route, new JsonObject { ["password"] = encrypt(WebConsole.Password) });
            case "post /api/v1/me/password":
                return (route, new JsonObject { ["currentPassword"] = encrypt(WebConsole.Password), ["newPassword"] = encrypt("quiet-meadow-lantern-93") });
            case "delete /api/v1/me/mfa":
                return (route, new JsonObject { ["password"] = WebConsole.Password, ["code"] = "000000" });
            default:
                return (route, new JsonObject { ["password"] = WebConsole.Password });
        }
    }

    private async Task DemandEncryptionAsync(bool demanded)
    {
        await using var context = web.Services.GetRequiredService<ConsoleDb>().Open(await web.TenantIdAsync());
        var policy = await context.Set<TenantPolicy>().SingleOrDefaultAsync(Stop) ?? context.Add(new TenantPolicy { TenantId = context.TenantId }).Entity;
        policy.RequireEncryptedSecrets = demanded;
        await context.SaveChangesAsync(Stop);
    }

    private static JsonObject New(JsonObject cashier) => new()
    {
        ["name"] = $"Token {Guid.NewGuid():N}",
        ["environment"] = "development",
        ["expiry"] = "24h",
        ["scopes"] = new JsonArray("read:*"),
        ["cashier"] = cashier,
    };

    private static void Set(JsonObject body, string field, string text)
    {
        var names = field.Split('.');
        (names.Length == 1 ? body : body[names[0]]!.AsObject())[names[^1]] = text;
    }

    private static Task<HttpResponseMessage> SendAsync(SignedInProgram program, string route, JsonObject body)
    {
        var parts = route.Split(' ');
        return program.Http.SendAsync(new HttpRequestMessage(new HttpMethod(parts[0].ToUpperInvariant()), parts[1]) { Content = JsonContent.Create(body) }, Stop);
    }

    private Task<HttpResponseMessage> LoginAsync(string email, string password, string? totp = null) =>
        web.Program().PostAsJsonAsync("/api/v1/auth/login", new { email, password, totp }, Stop);

    private async Task<LoginOutcome> LastOutcomeAsync(string email)
    {
        await using var context = web.Services.GetRequiredService<ConsoleDb>().OpenForOperator();
        return (await context.Set<LoginAttempt>().IgnoreQueryFilters([ConsoleDbContext.TenantFilter]).Where(attempt => attempt.Account == email).OrderBy(attempt => attempt.Id).LastAsync(Stop)).Outcome;
    }

    // The present step, or a later one that drift allows: each is accepted once.
    private static string Code(string base32, int later) => Totp.Code(OtpNet.Base32Encoding.ToBytes(base32), Totp.StepOf(DateTimeOffset.UtcNow) + later);

    private static async Task<Func<string, string>> EncryptorAsync(SignedInProgram program)
    {
        var key = await AccessWebConsole.ReadAsync(await program.Http.GetAsync("/api/v1/encryption-keys/current", Stop), HttpStatusCode.OK);
        var rsa = RSA.Create();
        rsa.ImportFromPem(key["pem"]!.GetValue<string>());
        return plaintext => Convert.ToBase64String(rsa.Encrypt(Encoding.UTF8.GetBytes(plaintext), RSAEncryptionPadding.OaepSHA256));
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using FinConsole.Core.Members;
using FinConsole.Tests.Fixtures;
using FinConsole.Tests.SignIn.AccessTokens;
using Xunit;

namespace FinConsole.Tests.Hosting.Api;

/// <summary>A client that repeats a request under its <c>Idempotency-Key</c>, with its password encrypted anew and the next code: on every route that takes both.</summary>
public sealed class IdempotentRetryTests(AccessWebConsole web) : IClassFixture<AccessWebConsole>
{
    private const string Create = "/api/v1/tokens";
    private const string RotateToken = "/api/v1/tokens/{id}/rotate";
    private const string RotateKeys = "/api/v1/encryption-keys/rotate";

    public static TheoryData<string> Routes => [Create, RotateToken, RotateKeys];

    [Fact]
    public async Task The_routes_tried_here_are_all_that_take_a_key_and_a_body()
    {
        var root = JsonNode.Parse(await web.Program().GetStringAsync("/openapi/v1.json", Stop))!;

        var found = root["paths"]!.AsObject().Where(path => path.Value!["post"] is { } post && post["requestBody"] is not null
            && post["parameters"] is JsonArray parameters && parameters.Any(each => each!["name"]?.GetValue<string>() == "Idempotency-Key"));

        Assert.Equal([RotateKeys, Create, RotateToken], found.Select(path => path.Key).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task With_fresh_ciphertexts_and_a_new_code_it_learns_what_was_made(string route)
    {
        var retry = await Retry.BeginAsync(web, route);

        var again = retry.Body();

        Assert.NotEqual(Retry.SecretsOf(retry.First), Retry.SecretsOf(again));
        Assert.Equal(retry.Made, await retry.ResultAsync(again));
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Written_in_another_way_it_is_the_same_request(string route)
    {
        var retry = await Retry.BeginAsync(web, route);
        var again = new JsonObject();
        foreach (var (name, value) in retry.Body().Reverse())
            again[name] = name is "environment" or "expiry" or "overlap" ? value!.GetValue<string>().ToUpperInvariant() : value!.DeepClone();
        if (route == Create)
            again["holder"] = null;

        Assert.Equal(retry.Made, await retry.ResultAsync(again));
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task In_another_spelling_of_the_address_it_is_the_same_request(string route)
    {
        var retry = await Retry.BeginAsync(web, route);

        foreach (var path in new[] { retry.Path + "/", retry.Path.ToUpperInvariant(), retry.Path.Replace("api", "%61pi", StringComparison.Ordinal), retry.Path.ToUpperInvariant() + "/" })
            Assert.Equal((path, retry.Made), (path, await (retry with { Path = path }).ResultAsync(retry.Body())));
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task With_another_value_in_any_other_field_it_is_refused(string route)
    {
        var retry = await Retry.BeginAsync(web, route);
        foreach (var (field, value) in retry.Others)
        {
            var again = retry.Body();
            (field is "email" ? again["cashier"]!.AsObject() : again)[field] = value.DeepClone();

            var refused = await AccessWebConsole.RefusedAsync(await retry.SendAsync(again), HttpStatusCode.Conflict, "idempotency_key_reused");
            Assert.Null(refused["tokenId"]);
        }
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Under_another_members_sign_in_it_is_a_request_of_its_own_whose_password_is_checked(string route)
    {
        var retry = await Retry.BeginAsync(web, route);
        var other = await web.NewProgramAsync(Role.Developer);

        var wrong = retry.Body(await Retry.EncryptorAsync(other), "not this one");
        if (route == Create)
            wrong["name"] = $"Token {Guid.NewGuid():N}";

        var answer = await AccessWebConsole.ReadAsync(await retry.SendAsync(wrong, other), HttpStatusCode.UnprocessableEntity);
        Assert.Equal(route == RotateKeys ? "wrong_password" : "cashier_refused", answer["code"]!.GetValue<string>());
    }

    private sealed record Retry(SignedInProgram Program, string Route, string Path, string Cashier, Func<string, string> Encrypt)
    {
        private readonly string _key = $"key-{Guid.NewGuid():N}";
        private readonly string _name = $"Token {Guid.NewGuid():N}";

        public JsonObject First { get; private set; } = [];

        /// <summary>The id of what the first request made.</summary>
        public string Made { get; private set; } = "";

        /// <summary>Every field that is no secret, with another value.</summary>
        public Dictionary<string, JsonNode> Others => Route switch
        {
            Create => new()
            {
                ["name"] = _name + "!",
                ["environment"] = "staging",
                ["expiry"] = "1m",
                ["scopes"] = new JsonArray("read:accounts"),
                ["allowlist"] = new JsonArray("203.0.113.0/24"),
                ["holder"] = "Somebody",
                ["email"] = "other@acme.example",
            },
            RotateToken => new() { ["overlap"] = "24h", ["email"] = "other@acme.example" },
            _ => [],
        };

        public static async Task<Retry> BeginAsync(AccessWebConsole web, string route)
        {
            var (program, cashier) = (await web.NewProgramAsync(Role.Developer), (await web.NewMemberAsync(Role.Cashier)).Email);
            var retry = new Retry(program, route, route, cashier, await EncryptorAsync(program));
            if (route == RotateToken)
                retry = retry with { Path = route.Replace("{id}", await retry.NewTokenAsync(), StringComparison.Ordinal) };

            retry.First = retry.Body();
            var made = await AccessWebConsole.ReadAsync(await retry.SendAsync(retry.First), HttpStatusCode.Created);
            retry.Made = (made["id"] ?? made["kid"])!.GetValue<string>();
            return retry;
        }

        public static async Task<Func<string, string>> EncryptorAsync(SignedInProgram program)
        {
            var key = await AccessWebConsole.ReadAsync(await program.Http.GetAsync("/api/v1/encryption-keys/current", Stop), HttpStatusCode.OK);
            var rsa = RSA.Create();
            rsa.ImportFromPem(key["pem"]!.GetValue<string>());
            return plaintext => Convert.ToBase64String(rsa.Encrypt(Encoding.UTF8.GetBytes(plaintext), RSAEncryptionPadding.OaepSHA256));
        }

        public static string SecretsOf(JsonObject body) => $"{(body["cashier"] ?? body)["password"]} {(body["cashier"] ?? body)["totp"]}";

        /// <summary>What is asked for, with the secrets encrypted anew.</summary>
        public JsonObject Body(Func<string, string>? encrypt = null, string password = WebConsole.Password)
        {
            encrypt ??= Encrypt;
            var secrets = new JsonObject { ["password"] = encrypt(password), ["totp"] = encrypt($"{RandomNumberGenerator.GetInt32(1_000_000):D6}") };
            if (Route == RotateKeys)
                return secrets;
            secrets["email"] = Cashier;
            return Route == RotateToken
                ? new JsonObject { ["overlap"] = "1h", ["cashier"] = secrets }
                : new JsonObject { ["name"] = _name, ["environment"] = "development", ["expiry"] = "24h", ["scopes"] = new JsonArray("read:*"), ["cashier"] = secrets };
        }

        public Task<HttpResponseMessage> SendAsync(JsonObject body, SignedInProgram? program = null)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = JsonContent.Create(body) };
            request.Headers.Add("Idempotency-Key", _key);
            return (program ?? Program).Http.SendAsync(request, Stop);
        }

        /// <summary>The id that a repetition is answered with: that of a token in a refusal, that of a key in the answer itself.</summary>
        public async Task<string> ResultAsync(JsonObject body)
        {
            var answer = await SendAsync(body);
            return Route == RotateKeys
                ? (await AccessWebConsole.ReadAsync(answer, HttpStatusCode.Created))["kid"]!.GetValue<string>()
                : (await AccessWebConsole.RefusedAsync(answer, HttpStatusCode.Conflict, "secret_already_issued"))["tokenId"]!.GetValue<string>();
        }

        private async Task<string> NewTokenAsync()
        {
            var made = await Program.Http.PostAsJsonAsync(Create, (this with { Route = Create }).Body(), Stop);
            return (await AccessWebConsole.ReadAsync(made, HttpStatusCode.Created))["id"]!.GetValue<string>();
        }
    }
}

using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace FinConsole.Tests.Hosting.Api;

/// <summary>
/// Two thousand requests of every kind, good, bad and absurd: no answer is a 5xx, and every answer is one that the document describes, in
/// status, type and shape.
/// </summary>
public sealed class ApiPropertyTests(ApiContractTests.Console console) : IClassFixture<ApiContractTests.Console>
{
    private const int Requests = 2000;

    private static readonly string[] Words =
    [
        "", " ", "x", "0", "-1", "200", "201", "99999999999999999999", "true", "null", "2026-01-31T12:00:00Z", "not-a-date", "active", "ACTIVE", "production", "24h", "hour", "read:*",
        "203.0.113.0/24", "ann@acme.example", "' OR 1=1 --", "<script>alert(1)</script>", "%00", "\u0000", "\u202Eabc", "e\u0301", "😀", "{}", "../../etc/passwd", new string('a', 300), "AAAA====",
    ];

    [Fact]
    public async Task Every_answer_is_one_that_the_document_describes()
    {
        var token = await console.MakeTokenAsync("Property", "read:*", "write:*", "read:audit", "read:login-history", "read:usage");
        (string, string)?[] credentials =
        [
            null,
            ("X-Auth-Token", token.Secret.Reveal()),
            ("X-API-Key", "junk"),
            ("Authorization", "Bearer junk"),
            ("Authorization", "Bearer " + (await console.MakeServiceTokenAsync("property")).Reveal()),
            await console.SignInAsync(console.Tenant.Admin),
            await console.SignInAsync(console.Tenant.Developer),
            await console.SignInAsync(console.Tenant.Reviewer),
            await console.SignInAsync(console.Tenant.Cashier),
        ];
        // Passwords are not guessed here two thousand times: each costs a hash on purpose.
        var operations = console.Description.Operations.Where(operation => operation.Path is not ("/api/v1/auth/login" or "/api/v1/auth/logout")).ToList();
        var requests =
            from operation in Gen.Elements<DescribedOperation>(operations)
            from credential in Gen.Elements<(string, string)?>(credentials)
            from id in Gen.Elements(Guid.NewGuid().ToString(), token.Token.Id.ToString(), console.Tenant.Id.ToString())
            from texts in Gen.ArrayOf(Gen.Elements(Words), 12)
            from mischief in Gen.Choose(0, 9)
            select new Request(operation, credential, id, texts, mischief);

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Requests).WithQuietOnSuccess(true).WithReplay(20261122, 297), Prop.ForAll(requests.ToArbitrary(), request =>
        {
            var fault = AskAsync(request).GetAwaiter().GetResult();
            return fault is null ? true.ToProperty() : false.Label(fault);
        }));
    }

    private async Task<string?> AskAsync(Request asked)
    {
        using var request = new HttpRequestMessage(asked.Operation.Method, asked.Operation.PathWith(asked.Id) + QueryOf(asked)) { Content = BodyOf(asked) };
        if (asked.Credential is { } credential)
            request.Headers.TryAddWithoutValidation(credential.Name, credential.Value);
        using var answer = await console.Api.SendAsync(request);
        var (status, text) = ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
        var type = answer.Content.Headers.ContentType?.MediaType;
        var what = $"{asked.Operation} by {asked.Credential?.Name ?? "nobody"} with {request.RequestUri} {asked.Mischief}: {status} {type} {text}";
        if (status >= 500)
            return what;
        if (!asked.Operation.Describes(status))
            return "Not described: " + what;
        if (text.Length == 0 || type is not ("application/json" or "application/problem+json"))
            return null;
        if (asked.Operation.SchemaOf(status, type) is not { } schema)
            return "No schema: " + what;
        return console.Description.Faults(schema, JsonDocument.Parse(text).RootElement).FirstOrDefault() is { } fault ? $"{fault}: {what}" : null;
    }

    private static string QueryOf(Request asked)
    {
        var query = asked.Operation.Parameters.Where(parameter => parameter.Place == "query")
            .Select((parameter, index) => (parameter.Name, Text: asked.Texts[index % asked.Texts.Length])).Where((_, index) => (asked.Mischief + index) % 3 == 0)
            .Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Text)}").ToList();
        return query.Count == 0 ? "" : "?" + string.Join('&', query);
    }

    private StringContent? BodyOf(Request asked)
    {
        if (asked.Operation.BodyType is not { } type || asked.Mischief == 9)
            return null;
        if (type != "application/json")
            return new StringContent(string.Join('&', asked.Texts.Take(3).Select((text, index) => $"{new[] { "token", "ip", "scope" }[index]}={Uri.EscapeDataString(text)}")), new MediaTypeHeaderValue(type));
        var body = Value(asked.Operation.BodySchema!.Value, asked, 0)?.ToJsonString() ?? "null";
        return asked.Mischief switch
        {
            8 => new StringContent(body[..(body.Length / 2)], Encoding.UTF8, type),
            7 => new StringContent(body, Encoding.UTF8, "text/plain"),
            _ => new StringContent(body, Encoding.UTF8, type),
        };
    }

    // Mostly of the described type; now and then of another, or missing.
    private JsonNode? Value(JsonElement schema, Request asked, int depth)
    {
        var seed = asked.Mischief + depth;
        var text = asked.Texts[(seed * 7) % asked.Texts.Length];
        if (seed % 11 == 5)
            return depth % 2 == 0 ? JsonValue.Create(17) : null;
        if (schema.TryGetProperty("$ref", out var reference))
            return Value(console.Description.Resolve(reference.GetString()!), asked, depth);
        if (schema.TryGetProperty("oneOf", out var choices))
            return Value(choices.EnumerateArray().Last(), asked, depth);
        if (schema.TryGetProperty("enum", out var words) && seed % 4 != 0)
            return JsonValue.Create(words[seed % words.GetArrayLength()].GetString());
        var type = schema.TryGetProperty("type", out var declared) ? declared.GetRawText() : "";
        if (type.Contains("object", StringComparison.Ordinal))
            return ObjectOf(schema, asked, depth);
        if (type.Contains("array", StringComparison.Ordinal))
            return new JsonArray([.. Enumerable.Range(0, seed % 3).Select(index => Value(schema.GetProperty("items"), asked, depth + index + 1))]);
        if (type.Contains("integer", StringComparison.Ordinal))
            return JsonValue.Create(long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : 1);
        return type.Contains("boolean", StringComparison.Ordinal) ? JsonValue.Create(seed % 2 == 0) : JsonValue.Create(text);
    }

    private JsonObject ObjectOf(JsonElement schema, Request asked, int depth)
    {
        var made = new JsonObject();
        if (schema.TryGetProperty("properties", out var properties))
        {
            foreach (var (property, index) in properties.EnumerateObject().Select((property, index) => (property, index)))
                made[property.Name] = Value(property.Value, asked, depth + index + 1);
        }
        else if (schema.TryGetProperty("additionalProperties", out var values) && values.ValueKind == JsonValueKind.Object)
        {
            made[asked.Texts[0].Length == 0 ? "pin" : asked.Texts[0]] = Value(values, asked, depth + 1);
        }

        return made;
    }

    /// <param name="Mischief">0 to 9: which rules are broken.</param>
    public sealed record Request(DescribedOperation Operation, (string Name, string Value)? Credential, string Id, string[] Texts, int Mischief)
    {
        public override string ToString() => $"{Operation} by {Credential?.Name ?? "nobody"}, mischief {Mischief}";
    }
}

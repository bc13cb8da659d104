using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace FinConsole.Tests.Hosting.Api;

/// <summary>
/// Every text of every route that the document names (body, query, path), filled with what is no text, escaped and as raw bytes: the answer
/// is never a 5xx. Bodies in character sets that are not read are 415.
/// </summary>
public sealed class TextOfEveryFieldTests(ApiContractTests.Console console) : IClassFixture<ApiContractTests.Console>
{
    private const string Mark = "POISON";

    /// <summary>What stands in a JSON string, byte for byte.</summary>
    private static readonly byte[][] InJson =
    [
        .. new[] { @"\uFFFE", @"\uD800", @"a\uDC69\uD83Db", @"\u0000", @"\uFDD0", @"\uDBFF\uDFFF", @"ann\uFFFE@acme.example" }.Select(Encoding.ASCII.GetBytes),
        [0xEF, 0xBF, 0xBE], [0xED, 0xA0, 0x80], [0xFF], [0xC0, 0x80], [0xF4, 0x8F, 0xBF, 0xBF], [0xEF, 0xB7, 0x90], [0x61, 0xE2, 0x82],
    ];

    private static readonly string[] InUrl = ["%EF%BF%BE", "%ED%A0%80", "%FF", "%00", "%F4%8F%BF%BF", "%EF%B7%90", "ann%EF%BF%BE%40acme.example", "%C0%80"];

    private IEnumerable<DescribedOperation> All => console.Description.Operations;

    [Fact]
    public async Task No_text_of_a_body_breaks_a_route()
    {
        var credentials = await CredentialsAsync();
        var asked = 0;
        foreach (var operation in All.Where(operation => operation.BodyType == "application/json"))
        {
            foreach (var body in Bodies(operation.BodySchema!.Value))
            {
                var (before, after) = (body[..body.IndexOf(Mark, StringComparison.Ordinal)], body[(body.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length)..]);
                foreach (var poison in InJson)
                {
                    byte[] bytes = [.. Encoding.UTF8.GetBytes(before), .. poison, .. Encoding.UTF8.GetBytes(after)];
                    await EachAsync(operation, operation.PathWith(Guid.Empty.ToString()), credentials, () => Body(bytes, "application/json"), body + Convert.ToHexString(poison));
                    asked++;
                }
            }
        }

        Assert.True(asked > 500, $"{asked} bodies");
    }

    [Fact]
    public async Task No_text_of_a_query_a_path_or_a_form_breaks_a_route()
    {
        var credentials = await CredentialsAsync();
        foreach (var operation in All)
        {
            foreach (var poison in InUrl)
            {
                var query = string.Join('&', operation.Parameters.Where(parameter => parameter.Place == "query").Select(parameter => $"{parameter.Name}={poison}"));
                await EachAsync(operation, operation.PathWith(Guid.Empty.ToString()) + "?" + query, credentials, () => null, query);
                await EachAsync(operation, operation.PathWith(Mark).Replace(Mark, poison, StringComparison.Ordinal), credentials, () => null, poison);
                foreach (var parameter in operation.Parameters.Where(parameter => parameter.Place == "query"))
                    await EachAsync(operation, $"{operation.PathWith(Guid.Empty.ToString())}?{parameter.Name}={poison}", credentials, () => null, parameter.Name);
                if (operation.BodyType is { } type and not "application/json")
                {
                    foreach (var field in new[] { "token", "ip", "scope" })
                        await EachAsync(operation, operation.Path, credentials, () => Body(Encoding.ASCII.GetBytes($"token=x&{field}={poison}"), type), field);
                }
            }
        }
    }

    [Theory]
    [InlineData("bogus")]
    [InlineData("ibm037")]
    [InlineData("\"utf-7\"")]
    [InlineData("utf-7")]
    [InlineData("\"\"")]
    [InlineData("utf-16")]
    [InlineData("utf-8; charset=bogus")]
    public async Task A_body_in_another_character_set_is_415_on_every_route_that_reads_one(string charset)
    {
        var credentials = await CredentialsAsync();
        foreach (var operation in All.Where(operation => operation.BodyType is not null))
        {
            var answers = new List<(int Status, string Text)>();
            foreach (var credential in credentials)
                answers.Add(await AskAsync(operation, operation.PathWith(Guid.Empty.ToString()), credential, Body("{}"u8.ToArray(), $"{operation.BodyType}; charset={charset}")));

            Assert.DoesNotContain(answers, answer => answer.Status >= 500);
            var refused = answers.Where(answer => answer.Status is not (401 or 403)).ToList();
            Assert.NotEmpty(refused);
            Assert.All(refused, answer => Assert.Equal((operation, 415, "unsupported_media_type"), (operation, answer.Status, JsonDocument.Parse(answer.Text).RootElement.GetProperty("code").GetString())));
        }
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("\"UTF-8\"")]
    [InlineData("\"iso-8859-1\"")]
    [InlineData("us-ascii")]
    [InlineData("ISO-8859-1")]
    public async Task A_body_in_UTF_8_or_less_is_read(string charset)
    {
        foreach (var operation in All.Where(operation => operation.BodyType is not null))
        {
            foreach (var credential in await CredentialsAsync())
            {
                var (status, text) = await AskAsync(operation, operation.PathWith(Guid.Empty.ToString()), credential, Body("{}"u8.ToArray(), $"{operation.BodyType}; charset={charset}"));
                Assert.True(status is not 415 and < 500, $"{operation}: {status} {text}");
            }
        }
    }

    [Fact]
    public async Task A_route_that_reads_no_body_does_not_mind_how_it_is_labelled()
    {
        var credentials = await CredentialsAsync();
        foreach (var operation in All.Where(operation => operation.BodyType is null))
        {
            foreach (var type in new[] { "application/json; charset=bogus", "application/x-www-form-urlencoded; charset=utf-7", "multipart/form-data", "text/html; charset=\"\"", ";;" })
                await EachAsync(operation, operation.PathWith(Guid.Empty.ToString()), credentials, () => Body([], type), type);
        }
    }

    // Of a tenant of its own: wrong passwords among the texts lock its members.
    private async Task<(string Name, string Value)?[]> CredentialsAsync()
    {
        var tenant = await console.NewTenantAsync();
        return
        [
            await console.SignInAsync(tenant.Admin),
            ("Authorization", "Bearer " + (await console.MakeServiceTokenAsync("text " + Guid.NewGuid().ToString("N")[..8])).Reveal()),
            ("X-Auth-Token", (await console.MakeTokenAsync(tenant, "Text", "", "read:*", "write:*", "read:audit", "read:login-history", "read:usage")).Secret.Reveal()),
        ];
    }

    // Who signs out, or regenerates the own token, is nobody afterwards: those routes are asked by nobody that is needed.
    private async Task EachAsync(DescribedOperation operation, string path, (string, string)?[] credentials, Func<HttpContent?> body, string what)
    {
        foreach (var credential in operation.Path.EndsWith("/logout", StringComparison.Ordinal) || operation.Path.EndsWith("regenerate", StringComparison.Ordinal) ? [null] : credentials)
        {
            var (status, text) = await AskAsync(operation, path, credential, body());
            Assert.True(status is >= 200 and < 500, $"{operation} {path} {what}: {status} {text}");
        }
    }

    private async Task<(int Status, string Text)> AskAsync(DescribedOperation operation, string path, (string Name, string Value)? credential, HttpContent? body)
    {
        using var request = new HttpRequestMessage(operation.Method, new Uri(console.Address, path)) { Content = body };
        if (credential is { } header)
            request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        using var answer = await console.Api.SendAsync(request, Stop);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }

    private static ByteArrayContent Body(byte[] bytes, string type)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return content;
    }

    // The same body with the mark in one place after the other: in each text, and as the name of a field.
    private IEnumerable<string> Bodies(JsonElement schema)
    {
        var places = 0;
        Sample(schema, ref places, -1);
        for (var place = 0; place < places; place++)
        {
            var next = 0;
            yield return Sample(schema, ref next, place)!.ToJsonString();
        }

        yield return $$"""{"{{Mark}}":"x"}""";
    }

    private JsonNode? Sample(JsonElement schema, ref int next, int marked)
    {
        if (schema.TryGetProperty("$ref", out var reference))
            return Sample(console.Description.Resolve(reference.GetString()!), ref next, marked);
        if (schema.TryGetProperty("oneOf", out var choices))
            return Sample(choices.EnumerateArray().Last(), ref next, marked);
        if (schema.TryGetProperty("properties", out var properties))
        {
            var made = new JsonObject();
            foreach (var property in properties.EnumerateObject())
                made[property.Name] = Sample(property.Value, ref next, marked);
            return made;
        }

        if (schema.TryGetProperty("additionalProperties", out var values) && values.ValueKind == JsonValueKind.Object)
            return new JsonObject { [next++ == marked ? Mark : "pin"] = Sample(values, ref next, marked) };
        if (schema.TryGetProperty("items", out var items))
            return new JsonArray(Sample(items, ref next, marked));
        var type = schema.TryGetProperty("type", out var declared) ? declared.GetRawText() : "";
        if (type.Contains("integer", StringComparison.Ordinal))
            return JsonValue.Create(1);
        if (type.Contains("boolean", StringComparison.Ordinal))
            return JsonValue.Create(false);
        return JsonValue.Create(next++ == marked ? Mark : UsualText(schema));
    }

    private string UsualText(JsonElement schema) =>
        schema.TryGetProperty("enum", out var words) ? words[0].GetString()!
        : schema.TryGetProperty("format", out var format) ? format.GetString() == "uuid" ? Guid.Empty.ToString() : "2026-01-31T12:00:00Z"
        : schema.TryGetProperty("example", out var example) && example.ValueKind == JsonValueKind.String ? example.GetString()!
        : console.Tenant.Developer.Email;
}

using System.Text;
using System.Text.Json.Nodes;
using FinConsole.Core.ApiTokens;
using FinConsole.Tests.Architecture;
using FinConsole.Tests.Fixtures;
using FinConsole.Tests.SignIn.AccessTokens;
using Xunit;

namespace FinConsole.Tests.OAuth.Clients;

/// <summary>The programs of docs/oauth, run with their libraries against the real program: they know its address, and discover the rest.</summary>
public sealed class DocumentedClientTests(OAuthConsole console) : IClassFixture<OAuthConsole>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("finconsole-oauth-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("jose.mjs")]
    [InlineData("jwks-rsa.mjs")]
    [InlineData("oauth4webapi.mjs")]
    [InlineData("authlib_client.py")]
    [InlineData("pyjwt_client.py")]
    public async Task Verifies_a_good_access_token_and_refuses_every_other_one(string program)
    {
        var good = (await console.SignInAsync()).AccessToken;

        var (code, claims, error) = await RunAsync(program, "verify", good.Reveal());

        Assert.True(code == 0, error);
        Assert.True(JsonNode.DeepEquals(AccessSteps.Part(good, 1), claims), $"{claims}");
        foreach (var (fault, bad) in await console.BadTokensAsync(good))
        {
            var refused = await RunAsync(program, "verify", bad);
            Assert.True(refused is { Code: not 0, Output: null }, $"{program} takes a token that is {fault}");
        }
    }

    [Theory]
    [InlineData("oauth4webapi.mjs", "client_secret_basic")]
    [InlineData("oauth4webapi.mjs", "client_secret_post")]
    [InlineData("oauth4webapi.mjs", "bearer")]
    [InlineData("openid-client.mjs", "client_secret_basic")]
    [InlineData("openid-client.mjs", "client_secret_post")]
    [InlineData("authlib_client.py", "client_secret_basic")]
    [InlineData("authlib_client.py", "client_secret_post")]
    public async Task Introspects_tokens_and_revokes_them_by_each_method(string program, string method)
    {
        var service = (await console.MakeServiceTokenAsync($"{program} {method}")).Reveal();
        var member = (await console.SignInAsync()).AccessToken;
        var tenants = (await console.MakeTokenAsync($"{program} {method}", "read:payments")).Secret.Reveal();

        Assert.Equal((true, console.Tenant.Developer.Id.ToString(), "finconsole-api"), await IntrospectAsync(member.Reveal(), "sub", "client_id"));
        Assert.Equal((true, "read:payments", console.Tenant.Id.ToString()), await IntrospectAsync(tenants, "scope", "tid"));
        var stranger = await RunAsync(program, "introspect", tenants, method, ApiTokenSecret.GenerateForService().Reveal());
        Assert.NotEqual(0, stranger.Code);

        foreach (var token in new[] { member.Reveal(), tenants })
        {
            var (code, _, error) = await RunAsync(program, "revoke", token, method, service);
            Assert.True(code == 0, error);
            Assert.Equal((false, null, null), await IntrospectAsync(token, "sub", "tid"));
        }

        async Task<(bool, string?, string?)> IntrospectAsync(string token, string one, string other)
        {
            var (code, body, error) = await RunAsync(program, "introspect", token, method, service);
            Assert.True(code == 0, error);
            return ((bool)body!["active"]!, (string?)body[one], (string?)body[other]);
        }
    }

    [Theory]
    [InlineData("oauth4webapi.mjs")]
    [InlineData("openid-client.mjs")]
    [InlineData("authlib_client.py")]
    public async Task Revokes_a_token_by_itself(string program)
    {
        var session = await console.SignInAsync();
        var tenants = (await console.MakeTokenAsync($"Itself by {program}")).Secret.Reveal();

        foreach (var token in new[] { tenants, session.RefreshToken.Reveal() })
        {
            var (code, _, error) = await RunAsync(program, "revoke", token, "none");
            Assert.True(code == 0, error);
        }

        Assert.Equal((false, false), (await console.TakesAsync(tenants), await console.TakesAsync(session.AccessToken.Reveal())));
    }

    private async Task<(int Code, JsonObject? Output, string Error)> RunAsync(string program, string action, string token, string method = "", string service = "")
    {
        var file = Path.Combine(_folder, program);
        if (!File.Exists(file))
            File.Copy(Path.Combine(SourceTree.Root, "docs", "oauth", program), file);
        var python = program.EndsWith(".py", StringComparison.Ordinal);
        if (!python && !Directory.Exists(Path.Combine(_folder, "node_modules")))
            Directory.CreateSymbolicLink(Path.Combine(_folder, "node_modules"), await NpmPackages.FolderAsync("OAuth"));

        string[] settings = [$"ISSUER={console.Issuer}", $"AUDIENCE={console.Audience}", $"CLIENT_AUTH={method}", $"SERVICE_TOKEN={service}"];
        // Debian's Python, which has Debian's packages: the first one in the path may be somebody's own.
        var (code, output, error) = await Programs.TryAsync(
            "env", [.. settings.Where(each => !each.EndsWith('=')), python ? "/usr/bin/python3" : "node", program, action], Encoding.ASCII.GetBytes(token), _folder);
        return (code, output.Length == 0 ? null : (JsonObject)JsonNode.Parse(output)!, error);
    }
}

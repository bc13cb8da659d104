using System.Security.Cryptography;
using System.Text;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Tests.Architecture;
using FinConsole.Tests.EncryptionKeys;
using FinConsole.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.ApiTokens;

/// <summary>The programs of docs/clients, run with their languages' own tools against a live server.</summary>
public sealed class ClientProgramTests(ApiConsole console) : IClassFixture<ApiConsole>, IDisposable
{
    private const int Requests = 60;

    private readonly SampleRunner _runner = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("finconsole-client-");

    public void Dispose()
    {
        _runner.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("client.py")]
    [InlineData("client.mjs")]
    [InlineData("Client.java")]
    [InlineData("Client.cs")]
    public async Task Rotates_its_own_token_in_the_middle_of_a_stream_without_a_failed_request(string file)
    {
        var token = await console.MakeTokenAsync("Stream " + file, "read:*", "rotate:self");
        var kept = Path.Combine(_folder.FullName, "token");
        var settings = new Dictionary<string, string>
        {
            ["FINCONSOLE_URL"] = console.Address.ToString(),
            ["FINCONSOLE_TOKEN"] = token.Secret.Reveal(),
            ["FINCONSOLE_TOKEN_FILE"] = kept,
        };

        var ran = await _runner.RunClientAsync(PathOf(file), settings, "", "stream", Requests.ToString(System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal((0, ""), (ran.Code, ran.Error));
        Assert.StartsWith($"{Requests} answered, 0 failed, rotated to fc_prd_", ran.Output, StringComparison.Ordinal);
        Assert.Equal(TokenStatus.Retired, await StatusAsync(token.Token.Id));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(kept) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));

        var again = await _runner.RunClientAsync(PathOf(file), settings, "", "whoami");
        Assert.Matches($"^Stream {file} of Tenant [0-9]+, [0-9]+ days left\\s*$", again.Output);
        foreach (var secret in new[] { token.Secret.Reveal()[11..^4], (await File.ReadAllTextAsync(kept, Stop))[11..^4] })
            Assert.DoesNotContain(secret, ran.Output + ran.Error + again.Output + again.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("client.py")]
    [InlineData("client.mjs")]
    [InlineData("Client.java")]
    [InlineData("Client.cs")]
    public async Task Encrypts_a_PIN_that_this_tenants_key_opens_and_signs_in_and_refreshes(string file)
    {
        var tenant = await TestTenants.NewTenantAsync(console.Services);
        var key = await KeySteps.AddKeyAsync(console.Services, tenant);
        var settings = new Dictionary<string, string>
        {
            ["FINCONSOLE_URL"] = console.Address.ToString(),
            ["FINCONSOLE_TOKEN"] = (await console.MakeTokenAsync(tenant, "Encrypt", "", "read:*")).Secret.Reveal(),
            ["FINCONSOLE_EMAIL"] = tenant.Developer.Email,
            ["FINCONSOLE_PASSWORD"] = TestMember.Password,
        };

        var encrypted = await _runner.RunClientAsync(PathOf(file), settings, KeySteps.Plaintext, "encrypt");
        var account = await _runner.RunClientAsync(PathOf(file), settings, "", "account");

        Assert.Equal((0, ""), (encrypted.Code, encrypted.Error));
        var lines = encrypted.Output.Split('\n', StringSplitOptions.TrimEntries);
        Assert.Equal(key.Id.ToString(), lines[0]);
        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(KeySteps.FirstPrivateKey, out _);
        Assert.Equal(KeySteps.Plaintext, Encoding.UTF8.GetString(rsa.Decrypt(Convert.FromBase64String(lines[1]), RSAEncryptionPadding.OaepSHA256)));
        Assert.Equal((0, $"{tenant.Developer.Email}\n{tenant.Developer.Email}\n", ""), (account.Code, account.Output.ReplaceLineEndings("\n"), account.Error));
    }

    private static string PathOf(string file) => Path.Combine(SourceTree.Root, "docs", "clients", file);

    private async Task<TokenStatus> StatusAsync(Guid id)
    {
        var found = await console.Services.GetRequiredService<GetApiToken>().HandleAsync(id, console.Tenant.Developer.Actor, Stop);
        return found.Value!.Status;
    }
}

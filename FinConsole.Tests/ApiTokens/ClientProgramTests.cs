using FinConsole.Core.ApiTokens;
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

    private static string PathOf(string file) => Path.Combine(SourceTree.Root, "docs", "clients", file);

    private async Task<TokenStatus> StatusAsync(Guid id)
    {
        var found = await console.Services.GetRequiredService<GetApiToken>().HandleAsync(id, console.Tenant.Developer.Actor, Stop);
        return found.Value!.Status;
    }
}

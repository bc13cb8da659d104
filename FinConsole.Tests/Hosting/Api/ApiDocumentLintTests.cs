using System.Text;
using FinConsole.Tests.Architecture;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.Hosting.Api;

/// <summary>The OpenAPI document as a public validator sees it: Redocly's, with the ruleset beside this file.</summary>
public sealed class ApiDocumentLintTests(ApiContractTests.Console console) : IClassFixture<ApiContractTests.Console>
{
    private const string Package = "@redocly/cli@2.77.0";

    [Fact]
    public async Task A_public_validator_finds_neither_an_error_nor_a_warning()
    {
        var redocly = await InstallAsync();
        var folder = Directory.CreateTempSubdirectory("finconsole-openapi-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "v1.json"), console.Description.Root.GetRawText(), Stop);
            File.Copy(Path.Combine(SourceTree.Root, "FinConsole.Tests", "Hosting", "Api", "redocly.yaml"), Path.Combine(folder.FullName, "redocly.yaml"));

            var (code, output, error) = await Programs.TryAsync(
                "env", ["REDOCLY_TELEMETRY=off", "REDOCLY_SUPPRESS_UPDATE_NOTICE=true", "node", redocly, "lint", "v1.json", "--config", "redocly.yaml", "--format", "json"], folder: folder.FullName);

            var problems = System.Text.Json.JsonDocument.Parse(output).RootElement;
            Assert.Equal("[]", problems.GetProperty("problems").GetRawText());
            Assert.True(code == 0, $"{code}: {Encoding.UTF8.GetString(output)} {error}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Once a machine, into a cache: the package has no dependencies, and runs no script of its own.
    private static async Task<string> InstallAsync()
    {
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } home
            ? home
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        var target = Path.Combine(cache, "finconsole-tests", Package.Replace('/', '-'));
        var program = Path.Combine(target, "node_modules", "@redocly", "cli", "bin", "cli.js");
        if (File.Exists(program))
            return program;

        // Made beside it and moved: another run never sees half of it.
        var work = Directory.CreateDirectory($"{target}.{Environment.ProcessId}").FullName;
        await Programs.RunAsync("npm", ["install", "--no-audit", "--no-fund", "--no-save", "--ignore-scripts", "--prefix", work, Package], folder: work);
        try
        {
            Directory.Move(work, target);
        }
        catch (IOException) when (Directory.Exists(target))
        {
            Directory.Delete(work, recursive: true);
        }

        return program;
    }
}

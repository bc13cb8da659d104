using System.Runtime.InteropServices;
using System.Text;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.EncryptionKeys;

/// <summary>Runs programs of the guide with the languages' own tools, each in a folder of its own.</summary>
internal sealed class SampleRunner : IDisposable
{
    private const string RuntimeConfig = """{"runtimeOptions":{"framework":{"name":"Microsoft.NETCore.App","version":"10.0.0"}}}""";

    // .../shared/Microsoft.NETCore.App/10.0.x/
    private static readonly string DotnetRoot = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    private readonly string _folder = Directory.CreateTempSubdirectory("finconsole-sample-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>What the program prints for this input.</summary>
    public async Task<string> RunAsync(string language, string source, string input)
    {
        var (file, program, arguments) = language switch
        {
            "java" => ("Encrypt.java", "java", new[] { "-XX:TieredStopAtLevel=1", "-Xshare:auto", "Encrypt.java" }),
            "javascript" => ("encrypt.mjs", "node", ["encrypt.mjs"]),
            "python" => ("encrypt.py", await FindPythonAsync(), ["encrypt.py"]),
            "csharp" => ("Encrypt.cs", Dotnet, ["Encrypt.dll"]),
            "sh" => ("encrypt.sh", "sh", ["encrypt.sh"]),
            _ => throw new ArgumentOutOfRangeException(nameof(language), language, null),
        };
        await File.WriteAllTextAsync(Path.Combine(_folder, file), source, Stop);
        if (language == "csharp")
            await CompileAsync(file);
        return Encoding.ASCII.GetString(await Programs.RunAsync(program, arguments, Encoding.UTF8.GetBytes(input), _folder));
    }

    /// <summary>How a program of the client documents ends, with its settings in the environment and nowhere else.</summary>
    public async Task<(int Code, string Output, string Error)> RunClientAsync(string path, IReadOnlyDictionary<string, string> environment, string input, params string[] arguments)
    {
        var file = Path.GetFileName(path);
        if (!File.Exists(Path.Combine(_folder, file)))
        {
            File.Copy(path, Path.Combine(_folder, file));
            if (file.EndsWith(".cs", StringComparison.Ordinal))
                await CompileAsync(file);
        }

        string[] program = Path.GetExtension(file) switch
        {
            ".java" => ["java", "-XX:TieredStopAtLevel=1", "-Xshare:auto", file],
            ".mjs" => ["node", file],
            ".py" => [await FindPythonAsync(), file],
            ".cs" => [Dotnet, Path.ChangeExtension(file, ".dll")],
            var other => throw new ArgumentOutOfRangeException(nameof(path), other, null),
        };
        var (code, output, error) = await Programs.TryAsync(
            "env", [.. environment.Select(pair => $"{pair.Key}={pair.Value}"), .. program, .. arguments], Encoding.UTF8.GetBytes(input), _folder);
        return (code, Encoding.UTF8.GetString(output), error);
    }

    private static string Dotnet => Path.Combine(DotnetRoot, "dotnet");

    // The SDK's compiler by itself takes two seconds; "dotnet run" would restore and build a project first.
    private async Task CompileAsync(string file)
    {
        var compiler = Newest(Path.Combine(DotnetRoot, "sdk"), Path.Combine("Roslyn", "bincore", "csc.dll"));
        var references = Newest(Path.Combine(DotnetRoot, "packs", "Microsoft.NETCore.App.Ref"), Path.Combine("ref", "net10.0"));
        await Programs.RunAsync(
            Dotnet,
            ["exec", compiler, "-nologo", "-nullable:enable", "-warnaserror", $"-out:{Path.ChangeExtension(file, ".dll")}", .. Directory.EnumerateFiles(references, "*.dll").Select(path => $"-reference:{path}"), file],
            folder: _folder);
        await File.WriteAllTextAsync(Path.Combine(_folder, Path.ChangeExtension(file, ".runtimeconfig.json")), RuntimeConfig, Stop);
    }

    private static string Newest(string folder, string within)
    {
        var found = Directory.EnumerateDirectories(folder).Select(version => Path.Combine(version, within)).Where(path => File.Exists(path) || Directory.Exists(path)).Order().LastOrDefault();
        Assert.True(found is not null, $"{folder} holds no {within}.");
        return found;
    }

    // The first one in the path may be somebody's own, without Debian's packages.
    private static async Task<string> FindPythonAsync() =>
        (await Programs.TryAsync("python3", ["-c", "import cryptography"])).Code == 0 ? "python3" : "/usr/bin/python3";
}

using System.Security.Cryptography;
using FinConsole.Tests.Architecture;
using FinConsole.Tests.Fixtures;

namespace FinConsole.Tests.EncryptionKeys.Clients;

/// <summary>The packages of package-lock.json, installed once a machine into a cache folder.</summary>
internal static class NpmPackages
{
    private static readonly string Source = Path.Combine(SourceTree.Root, "FinConsole.Tests", "EncryptionKeys", "Clients");
    private static readonly Lazy<Task<string>> Installed = new(InstallAsync);

    /// <summary>The folder node_modules.</summary>
    public static Task<string> FolderAsync() => Installed.Value;

    private static async Task<string> InstallAsync()
    {
        var lockFile = await File.ReadAllBytesAsync(Path.Combine(Source, "package-lock.json"), Stop);
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } home
            ? home
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        var target = Path.Combine(cache, "finconsole-tests", $"npm-{Convert.ToHexStringLower(SHA256.HashData(lockFile))[..16]}");
        if (Directory.Exists(target))
            return Path.Combine(target, "node_modules");

        // Made beside it and moved: another run never sees half of it.
        var work = Directory.CreateDirectory($"{target}.{Environment.ProcessId}").FullName;
        foreach (var file in new[] { "package.json", "package-lock.json" })
            File.Copy(Path.Combine(Source, file), Path.Combine(work, file), overwrite: true);
        await Programs.RunAsync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], folder: work);
        try
        {
            Directory.Move(work, target);
        }
        catch (IOException) when (Directory.Exists(target))
        {
            Directory.Delete(work, recursive: true);
        }

        return Path.Combine(target, "node_modules");
    }
}

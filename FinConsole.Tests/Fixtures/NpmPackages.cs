using System.Collections.Concurrent;
using System.Security.Cryptography;
using FinConsole.Tests.Architecture;

namespace FinConsole.Tests.Fixtures;

/// <summary>The packages of a package-lock.json, installed once a machine into a cache folder.</summary>
internal static class NpmPackages
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Installed = new();

    /// <summary>The folder node_modules.</summary>
    /// <param name="feature">The feature of the tests whose folder "Clients" holds package-lock.json.</param>
    public static Task<string> FolderAsync(string feature) => Installed.GetOrAdd(feature, static each => new(() => InstallAsync(each))).Value;

    private static async Task<string> InstallAsync(string feature)
    {
        var source = Path.Combine(SourceTree.Root, "FinConsole.Tests", feature, "Clients");
        var lockFile = await File.ReadAllBytesAsync(Path.Combine(source, "package-lock.json"), Stop);
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } home
            ? home
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        var target = Path.Combine(cache, "finconsole-tests", $"npm-{Convert.ToHexStringLower(SHA256.HashData(lockFile))[..16]}");
        if (Directory.Exists(target))
            return Path.Combine(target, "node_modules");

        // Made beside it and moved: another run never sees half of it.
        var work = Directory.CreateDirectory($"{target}.{Environment.ProcessId}").FullName;
        foreach (var file in new[] { "package.json", "package-lock.json" })
            File.Copy(Path.Combine(source, file), Path.Combine(work, file), overwrite: true);
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

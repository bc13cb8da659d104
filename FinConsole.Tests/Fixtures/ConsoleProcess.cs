using System.Diagnostics;
using FinConsole.Core.Data;

namespace FinConsole.Tests.Fixtures;

/// <summary>How a command ended, and what it wrote; line ends are single.</summary>
internal sealed record CommandOutcome(int Code, string Output, string Errors);

/// <summary>The built program as processes of its own: commands and servers on one installation in a folder of its own.</summary>
internal sealed class ConsoleProcess : IDisposable
{
    private readonly TestDatabase? _database;

    /// <param name="database">Where it is not to be SQLite in the folder. Disposed of by its maker.</param>
    public ConsoleProcess(TestDatabase? database = null)
    {
        _database = database;
        Settings = new()
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_URLS"] = "",
            ["Console__PublicUrl"] = "https://console.example/",
            ["Database__Provider"] = (_database?.Provider ?? DatabaseProvider.Sqlite).ToString(),
            ["ConnectionStrings__FinConsole"] = _database?.ConnectionString ?? $"Data Source={Path.Combine(Folder, "test.db")}",
            ["Pepper__File"] = Path.Combine(Folder, "pepper"),
            ["KeyRing__CertificateFile"] = Path.Combine(Folder, "keyring.pfx"),
            ["Mail__PickupDirectory"] = Path.Combine(Folder, "mail"),
            ["Demo__Enabled"] = "false",
            ["DOTNET_TieredPGO"] = "0",
        };
    }

    public DatabaseProvider Provider => _database?.Provider ?? DatabaseProvider.Sqlite;

    public string ConnectionString => Settings["ConnectionStrings__FinConsole"];

    /// <summary>A program that starts the program in its place, with its arguments before.</summary>
    public IReadOnlyList<string> Wrapper { get; set; } = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("finconsole-process-").FullName;

    /// <summary>The environment of whatever is started next; an unsafe Development installation by default.</summary>
    public Dictionary<string, string> Settings { get; }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    public Task<CommandOutcome> RunAsync(params string[] arguments) => RunAsync("", arguments);

    /// <summary>Begins where another's first start left off: with its database and its secrets.</summary>
    public void Inherit(ConsoleProcess first)
    {
        foreach (var file in Directory.EnumerateFiles(first.Folder))
            File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)));
    }

    /// <summary>Runs a command to its end.</summary>
    public async Task<CommandOutcome> RunAsync(string input, string[] arguments)
    {
        using var process = Start(arguments);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(Stop), process.StandardError.ReadToEndAsync(Stop));
        await FeedAsync(process, input);
        await process.WaitForExitAsync(Stop);
        return new CommandOutcome(process.ExitCode, (await output).ReplaceLineEndings("\n"), (await errors).ReplaceLineEndings("\n"));
    }

    /// <summary>Starts the server and waits until it listens.</summary>
    /// <param name="url">Where; on a free port by default.</param>
    public Task<ServedConsole> ServeAsync(string url = "http://127.0.0.1:0") => ServedConsole.WatchAsync(Start("--urls", url));

    private static async Task FeedAsync(Process process, string input)
    {
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It read as much as it wanted, and ended.
        }
    }

    private Process Start(params string[] arguments)
    {
        string[] command = [.. Wrapper, "dotnet", Path.Combine(AppContext.BaseDirectory, "FinConsole.Web.dll"), .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Folder,
        };
        foreach (var (name, value) in Settings)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace FinConsole.Tests.Fixtures;

/// <summary>A server that runs as a process of its own. Disposing kills it.</summary>
internal sealed partial class ServedConsole : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly TaskCompletionSource<Uri> _listens = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServedConsole(Process process) => _process = process;

    /// <summary>Where it listens.</summary>
    public Uri Url => _listens.Task.Result;

    /// <summary>All that it wrote so far, line by line.</summary>
    public IReadOnlyCollection<string> Output => _output;

    public int ProcessId => _process.Id;

    internal static async Task<ServedConsole> WatchAsync(Process process)
    {
        var console = new ServedConsole(process);
        process.OutputDataReceived += (_, line) => console.Hear(line.Data);
        process.ErrorDataReceived += (_, line) => console.Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var ended = process.WaitForExitAsync(Stop);
        if (await Task.WhenAny(console._listens.Task, ended) == ended)
            throw new InvalidOperationException($"The server ended with {process.ExitCode}:\n" + string.Join('\n', console._output));
        return console;
    }

    /// <summary>As a power cut for the process: nothing gets a chance to be finished.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>SIGTERM, as systemd and container hosts send; returns the exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync(Stop);
        await _process.WaitForExitAsync(Stop);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is null)
            return;
        _output.Enqueue(line);
        if (Listening().Match(line) is { Success: true } match)
            _listens.TrySetResult(new Uri(match.Groups[1].Value));
    }

    [GeneratedRegex(@"Now listening on: (https?://[^\s""]+)")]
    private static partial Regex Listening();
}

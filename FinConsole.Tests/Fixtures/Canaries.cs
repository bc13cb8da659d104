using System.Collections.Concurrent;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace FinConsole.Tests.Fixtures;

/// <summary>Looks for secrets where none may be.</summary>
internal static class Canaries
{
    /// <summary>The database as it lies on disk, with what SQLite has not yet moved into its file.</summary>
    public static byte[][] DatabaseFiles(this SqliteCore core)
    {
        var file = new SqliteConnectionStringBuilder(core.ConnectionString).DataSource;
        return [.. Directory.EnumerateFiles(Path.GetDirectoryName(file)!).Select(Read)];
    }

    public static bool Finds(byte[][] haystacks, string needle) => Finds(haystacks, Encoding.UTF8.GetBytes(needle)) || Finds(haystacks, Encoding.Unicode.GetBytes(needle));

    public static bool Finds(byte[][] haystacks, byte[] needle) => haystacks.Any(haystack => haystack.AsSpan().IndexOf(needle) >= 0);

    private static byte[] Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}

/// <summary>Keeps every line that is logged, at every level.</summary>
internal sealed class CapturedLog : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue($"{formatter(state, exception)} {state} {exception}");

    public void Dispose()
    {
    }
}

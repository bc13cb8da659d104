using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace FinConsole.Tests.Fixtures;

/// <summary>A log entry.</summary>
public sealed record LoggedEntry(LogLevel Level, string Category, string Message, Exception? Exception);

/// <summary>Keeps everything that is logged, from Debug on.</summary>
public sealed class CollectedLogs : ILoggerProvider
{
    private readonly ConcurrentQueue<LoggedEntry> _entries = new();

    public IReadOnlyCollection<LoggedEntry> Entries => _entries;

    public ILogger CreateLogger(string categoryName) => new Collector(categoryName, _entries);

    public void Dispose()
    {
    }

    private sealed class Collector(string category, ConcurrentQueue<LoggedEntry> entries) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Debug;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                entries.Enqueue(new LoggedEntry(logLevel, category, formatter(state, exception), exception));
        }
    }
}

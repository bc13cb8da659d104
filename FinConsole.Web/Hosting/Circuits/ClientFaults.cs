using System.Diagnostics;
using System.Text.Json;
using FinConsole.Core.Common;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.JSInterop;

namespace FinConsole.Web.Hosting.Circuits;

/// <summary>
/// Logs what a client broke on its own circuit in one line, as a warning: a message that no page of ours sends, an event of nothing, a result
/// of no call. The framework logs all of it as it does a fault of a page, with a stack trace, so that anybody who is signed in could fill
/// the log with errors. A fault that any code but the framework's took part in stays an error.
/// </summary>
internal static partial class ClientFaults
{
    private const int LongestReason = 200;

    // What serves circuits and their connections.
    private static readonly string[] Categories =
    [
        "Microsoft.AspNetCore.Components.Server.",
        "Microsoft.AspNetCore.SignalR.",
        "Microsoft.AspNetCore.Http.Connections.",
    ];

    private static readonly string[] Framework = ["System.", "Microsoft.AspNetCore.", "Microsoft.JSInterop", "Microsoft.Extensions."];

    public static void AddClientFaultLogging(this IServiceCollection services)
    {
        services.TryAddSingleton<LoggerFactory>();
        services.Replace(ServiceDescriptor.Singleton<ILoggerFactory>(provider => new Factory(provider.GetRequiredService<LoggerFactory>())));
    }

    /// <summary>Whether the framework alone took part in it, and found what a client sent to be wrong.</summary>
    internal static bool IsClients(Exception failure) => failure switch
    {
        AggregateException { InnerExceptions: [var only] } => IsClients(only),
        // The browser's answer to a call: thrown by its script, or not what was asked for.
        JSException => true,
        InvalidOperationException or ArgumentException or JsonException or FormatException or InvalidDataException =>
            failure is not ObjectDisposedException && Array.TrueForAll(new StackTrace(failure).GetFrames(), IsFramework),
        _ => false,
    };

    private static bool IsFramework(StackFrame frame) =>
        frame.GetMethod()?.DeclaringType?.Assembly.GetName().Name is not { } assembly
        || assembly is "Microsoft.JSInterop" || Array.Exists(Framework, name => assembly.StartsWith(name, StringComparison.Ordinal));

    [LoggerMessage(Level = LogLevel.Warning, Message = "A client broke its circuit: {Kind}: {Reason}")]
    private static partial void LogClientFault(ILogger logger, string kind, string reason);

    private sealed class Factory(LoggerFactory inner) : ILoggerFactory
    {
        public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

        public ILogger CreateLogger(string categoryName)
        {
            var logger = inner.CreateLogger(categoryName);
            return Array.Exists(Categories, category => categoryName.StartsWith(category, StringComparison.Ordinal)) ? new Logger(logger) : logger;
        }

        // The container disposes of the one within.
        public void Dispose()
        {
        }
    }

    private sealed class Logger(ILogger inner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel >= LogLevel.Warning && exception is not null && IsClients(exception))
                LogClientFault(inner, exception.GetType().Name, PlainText.ForStorage(exception.Message.ReplaceLineEndings(" "), LongestReason));
            else
                inner.Log(logLevel, eventId, state, exception, formatter);
        }
    }
}

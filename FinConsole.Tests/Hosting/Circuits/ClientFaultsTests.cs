using System.Globalization;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.Hosting.Circuits;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.JSInterop;
using Xunit;

namespace FinConsole.Tests.Hosting.Circuits;

/// <summary>Which entries of the framework's log are a client's doing, and that all others stay as they are.</summary>
public sealed class ClientFaultsTests
{
    private const string Circuits = "Microsoft.AspNetCore.Components.Server.Circuits.CircuitHost";

    [Fact]
    public void What_the_framework_alone_finds_wrong_is_one_warning_without_a_stack_trace()
    {
        foreach (var failure in (Exception[])[new InvalidOperationException("made up\nby nobody"), new JSException("made up\nby nobody"), new AggregateException(new ArgumentException("made up\nby nobody"))])
        {
            var entry = Assert.Single(Log(Circuits, LogLevel.Error, failure));

            Assert.Equal((LogLevel.Warning, null), (entry.Level, entry.Exception));
            Assert.Contains("made up by nobody", entry.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_fault_of_a_page_and_of_everything_else_stays_an_error_with_its_stack_trace()
    {
        // As the framework logs what a component's code threw.
        var ours = Assert.ThrowsAny<Exception>(() => (object)int.Parse("no number", CultureInfo.InvariantCulture));
        var several = new AggregateException(new InvalidOperationException(), ours);
        foreach (var (category, failure) in new (string, Exception)[]
        {
            (Circuits, ours), (Circuits, several), (Circuits, new NullReferenceException()), (Circuits, new ObjectDisposedException("it")),
            ("FinConsole.Web.Audit", new JSException("made up")), ("Microsoft.AspNetCore.Server.Kestrel", new InvalidOperationException()),
        })
        {
            Assert.Equal(new LoggedEntry(LogLevel.Error, category, "Unhandled", failure), Assert.Single(Log(category, LogLevel.Error, failure)));
        }
    }

    private static IReadOnlyCollection<LoggedEntry> Log(string category, LogLevel level, Exception failure)
    {
        using var logs = new CollectedLogs();
        var services = new ServiceCollection().AddLogging().AddSingleton<ILoggerProvider>(logs);
        services.AddClientFaultLogging();
        using var built = services.BuildServiceProvider();
        built.GetRequiredService<ILoggerFactory>().CreateLogger(category).Log(level, default, failure, failure, (_, _) => "Unhandled");
        return logs.Entries;
    }
}

using FinConsole.Core.ApiTokens.Verification;
using FinConsole.Core.Common;
using FinConsole.Core.Usage.Recording;
using FinConsole.Web.Hosting.Circuits;

namespace FinConsole.Web.Hosting.Operations;

/// <summary>States of the program's parts, read whenever somebody collects.</summary>
internal sealed class Gauges(ConsoleMetrics metrics, TokenIndex tokens, UsageFlush usage, LiveSessions live) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var meter = metrics.Meter;
        meter.CreateObservableGauge("finconsole.token.snapshot.age", () => tokens.Age.TotalSeconds, "s", "Since when nothing was heard of other instances' changes.");
        meter.CreateObservableCounter("finconsole.usage.lost", () => usage.Lost, "{request}", "Requests that could not be counted.");
        meter.CreateObservableGauge("finconsole.usage.flush.lag", () => usage.Lag.TotalSeconds, "s", "How old a count may be that is not yet in the database.");
        meter.CreateObservableGauge("finconsole.circuits", () => live.Circuits, "{circuit}", "Open pages.");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

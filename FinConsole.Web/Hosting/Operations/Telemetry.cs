using System.Diagnostics;
using FinConsole.Core.Common;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace FinConsole.Web.Hosting.Operations;

/// <summary>
/// Sends metrics and traces over OTLP, where a collector is configured: <c>OpenTelemetry:Endpoint</c>, or the standard's own variable
/// OTEL_EXPORTER_OTLP_ENDPOINT. Without either nothing is collected at all. Stopping sends what is left.
/// </summary>
internal sealed class Telemetry(IConfiguration configuration) : IHostedService, IDisposable
{
    private const string ServiceName = "finconsole";
    private const string StandardVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private const int LongestFlushMilliseconds = 10_000;

    private MeterProvider? _metrics;
    private TracerProvider? _traces;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var endpoint = configuration["OpenTelemetry:Endpoint"];
        if (string.IsNullOrEmpty(endpoint) && string.IsNullOrEmpty(configuration[StandardVariable]))
            return Task.CompletedTask;

        // Method, route and status on the framework's own activities: off by default, and read when the server starts, after this.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
        var resource = ResourceBuilder.CreateDefault().AddService(ServiceName, serviceVersion: typeof(Telemetry).Assembly.GetName().Version?.ToString());
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource)
            .AddMeter(ConsoleMetrics.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")
            .AddOtlpExporter(options => Aim(options, endpoint, "v1/metrics")).Build();
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource)
            .AddSource("Microsoft.AspNetCore").AddProcessor(new WithoutQuery())
            .AddOtlpExporter(options => Aim(options, endpoint, "v1/traces")).Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(Finish, CancellationToken.None).WaitAsync(cancellationToken);

    public void Dispose()
    {
        Interlocked.Exchange(ref _metrics, null)?.Dispose();
        Interlocked.Exchange(ref _traces, null)?.Dispose();
    }

    // A collector that does not answer must not keep the program.
    private void Finish()
    {
        _metrics?.ForceFlush(LongestFlushMilliseconds);
        _traces?.ForceFlush(LongestFlushMilliseconds);
        Dispose();
    }

    // The standard's variable is read by the exporter itself.
    private static void Aim(OtlpExporterOptions options, string? endpoint, string path)
    {
        if (string.IsNullOrEmpty(endpoint))
            return;
        options.Protocol = OtlpExportProtocol.HttpProtobuf;
        options.Endpoint = new Uri(new Uri(endpoint.TrimEnd('/') + "/"), path);
    }

    // Emailed links carry their secret in the query string.
    private sealed class WithoutQuery : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity activity)
        {
            activity.SetTag("url.query", null);
            activity.SetTag("url.full", null);
        }
    }
}

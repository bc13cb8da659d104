using System.Diagnostics;
using FinConsole.Core.Common;
using FinConsole.Web.Hosting.Security;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace FinConsole.Web.Hosting.Operations;

/// <summary>
/// Sends metrics and traces over OTLP, where a collector is configured: <c>OpenTelemetry:Endpoint</c>, or the standard's own variable
/// OTEL_EXPORTER_OTLP_ENDPOINT. Without either nothing is collected at all. Stopping sends what is left.
/// </summary>
internal static class Telemetry
{
    private const string ServiceName = "finconsole";
    private const string OtherMethod = "_OTHER";
    private const string StandardVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        var endpoint = builder.Configuration["OpenTelemetry:Endpoint"];
        if (string.IsNullOrEmpty(endpoint) && string.IsNullOrEmpty(builder.Configuration[StandardVariable]))
            return;

        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(ServiceName, serviceVersion: typeof(Telemetry).Assembly.GetName().Version?.ToString()))
            .WithMetrics(metrics => metrics
                .AddMeter(ConsoleMetrics.MeterName)
                .AddAspNetCoreInstrumentation()
                .AddRuntimeInstrumentation()
                .AddOtlpExporter(options => Aim(options, endpoint, "v1/metrics")))
            .WithTracing(traces => traces
                .AddAspNetCoreInstrumentation(options =>
                {
                    options.EnrichWithHttpResponse = NameByRoute;
                    // A span for each render that a browser acknowledges, and each event of a page, would bury those of requests.
                    options.EnableAspNetCoreSignalRSupport = false;
                    options.EnableRazorComponentsSupport = false;
                })
                .AddProcessor<SpanRedaction>()
                .AddOtlpExporter(options => Aim(options, endpoint, "v1/traces")));
    }

    // A page that shows an error runs in place of what was asked for, and would give the span its own name.
    private static void NameByRoute(Activity span, HttpResponse response)
    {
        if (response.HttpContext.Features.Get<ReplacedEndpoint>() is not { } replaced)
            return;
        var (method, route) = (span.GetTagItem("http.request.method"), (replaced.Asked as RouteEndpoint)?.RoutePattern.RawText);
        span.SetTag("http.route", route);
        // By the conventions, a method that is none of HTTP's is called "HTTP" in names.
        var verb = method is OtherMethod ? "HTTP" : method;
        span.DisplayName = route is null ? $"{verb}" : $"{verb} {route}";
    }

    // The standard's variable is read by the exporter itself.
    private static void Aim(OtlpExporterOptions options, string? endpoint, string path)
    {
        if (string.IsNullOrEmpty(endpoint))
            return;
        options.Protocol = OtlpExportProtocol.HttpProtobuf;
        options.Endpoint = new Uri(new Uri(endpoint.TrimEnd('/') + "/"), path);
    }
}

namespace FinConsole.Web.Hosting.Operations;

/// <summary>What the people who run the program look at.</summary>
internal static class OperationsServices
{
    public static void AddOperations(this IHostApplicationBuilder builder)
    {
        builder.Services.AddHostedService<Gauges>();
        builder.AddTelemetry();
    }

    public static void MapOperations(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealth();
        endpoints.MapSecurityTxt();
    }
}

namespace FinConsole.Web.Hosting.Operations;

/// <summary>What the people who run the program look at.</summary>
internal static class OperationsServices
{
    public static IServiceCollection AddOperations(this IServiceCollection services) => services
        .AddHostedService<Gauges>()
        .AddHostedService<Telemetry>();

    public static void MapOperations(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealth();
        endpoints.MapSecurityTxt();
    }
}

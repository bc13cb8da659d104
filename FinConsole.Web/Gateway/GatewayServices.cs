namespace FinConsole.Web.Gateway;

internal static class GatewayServices
{
    public static IServiceCollection AddGateway(this IServiceCollection services) => services
        .AddSingleton<GatewayAuthorization>()
        .AddSingleton<Introspection>();
}

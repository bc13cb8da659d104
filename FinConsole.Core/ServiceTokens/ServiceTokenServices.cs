using Microsoft.Extensions.DependencyInjection;

namespace FinConsole.Core.ServiceTokens;

public static class ServiceTokenServices
{
    public static IServiceCollection AddServiceTokens(this IServiceCollection services) => services
        .AddSingleton<AddServiceToken>()
        .AddSingleton<ListServiceTokens>()
        .AddSingleton<RevokeServiceToken>()
        .AddSingleton<ReadServiceTokens>()
        .AddSingleton<VerifyServiceToken>()
        .AddSingleton<ServiceTokenUses>()
        .AddHostedService<ServiceTokenWorker>()
        .AddSingleton<IdentifyTokenForOperator>();
}

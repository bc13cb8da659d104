using FinConsole.Core.AuditLog.Chain;
using Microsoft.Extensions.DependencyInjection;

namespace FinConsole.Core.AuditLog;

public static class AuditLogServices
{
    public static IServiceCollection AddAuditLog(this IServiceCollection services) => services
        .AddSingleton<AuditChain>()
        .AddSingleton<ChainRegister>()
        .AddSingleton<RegisterUpgrade>()
        .AddSingleton<OperatorChain>()
        .AddSingleton<AnchorChains>()
        .AddHostedService<AnchorWorker>();
}

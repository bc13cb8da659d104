using FinConsole.Core.LoginHistory.Countries;
using FinConsole.Core.Usage.Failures;
using FinConsole.Core.Usage.Gateways;
using FinConsole.Core.Usage.Recording;
using FinConsole.Core.Usage.Reports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FinConsole.Core.Usage;

public static class UsageServices
{
    public static IServiceCollection AddUsage(this IServiceCollection services) => services
        .AddOptions<UsageOptions>().Services
        .AddSingleton<ShowUsage>()
        .AddSingleton<ShowTokenTraffic>()
        .AddSingleton<ReportGatewayUsage>()
        .AddSingleton<UsageRecorder>()
        .AddSingleton<TokenFailures>()
        .AddSingleton<UsageWriter>()
        .AddSingleton(provider => new UsageFlush(
            provider.GetRequiredService<UsageRecorder>(), provider.GetRequiredService<TokenFailures>(), provider.GetRequiredService<UsageWriter>(),
            provider.GetRequiredService<Places>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<UsageFlush>>()))
        .AddSingleton<AuditTokenFailures>()
        .AddSingleton<UsageRetention>()
        .AddHostedService<UsageWorker>()
        .AddHostedService<TokenFailureWorker>()
        .AddHostedService<RetiredTokenReports>()
        .AddHostedService<UsageRetentionWorker>();
}

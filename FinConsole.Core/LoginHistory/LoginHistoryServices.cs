using FinConsole.Core.LoginHistory.Listing;
using Microsoft.Extensions.DependencyInjection;

namespace FinConsole.Core.LoginHistory;

public static class LoginHistoryServices
{
    public static IServiceCollection AddLoginHistory(this IServiceCollection services) => services
        .AddSingleton<LoginRecorder>()
        .AddSingleton<RiskAnalyst>()
        .AddHostedService<RiskWorker>()
        .AddSingleton<LoginRows>()
        .AddSingleton<ListLoginAttempts>()
        .AddSingleton<GetLoginAttempt>()
        .AddSingleton<ExportLoginAttempts>()
        .AddSingleton<MarkLoginAttempt>()
        .AddSingleton<AddLoginNote>()
        .AddSingleton<ReplayRisk>()
        .AddSingleton<PreviewRetention>()
        .AddSingleton<LoginRetention>()
        .AddHostedService<RetentionWorker>();
}

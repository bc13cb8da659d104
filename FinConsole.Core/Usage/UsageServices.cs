using FinConsole.Core.Usage.Failures;
using FinConsole.Core.Usage.Recording;
using Microsoft.Extensions.DependencyInjection;

namespace FinConsole.Core.Usage;

public static class UsageServices
{
    public static IServiceCollection AddUsage(this IServiceCollection services) => services
        .AddSingleton<UsageRecorder>()
        .AddSingleton<TokenFailures>();
}

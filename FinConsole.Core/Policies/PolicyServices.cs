using Microsoft.Extensions.DependencyInjection;

namespace FinConsole.Core.Policies;

public static class PolicyServices
{
    public static IServiceCollection AddPolicies(this IServiceCollection services) => services
        .AddSingleton<GetPolicy>()
        .AddSingleton<PreviewSessionLimits>()
        .AddSingleton<UpdatePolicy>();
}

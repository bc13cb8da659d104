using Microsoft.Extensions.DependencyInjection;

namespace FinConsole.Core.Onboarding;

public static class OnboardingServices
{
    public static IServiceCollection AddOnboarding(this IServiceCollection services) => services
        .AddSingleton<TenantFounding>()
        .AddSingleton<OnboardTenant>()
        .AddSingleton<AddTenant>()
        .AddSingleton<CloseTenant>()
        .AddSingleton<ListTenants>()
        .AddSingleton<SetUpConsole>();
}

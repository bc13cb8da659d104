using FinConsole.Core.Members;
using Microsoft.Extensions.DependencyInjection;

namespace FinConsole.Core.Onboarding;

public static class OnboardingServices
{
    public static IServiceCollection AddOnboarding(this IServiceCollection services) => services
        .AddSingleton<NewMember>()
        .AddSingleton<OnboardTenant>();
}

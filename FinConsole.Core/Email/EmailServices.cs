using Microsoft.Extensions.DependencyInjection;

namespace FinConsole.Core.Email;

public static class EmailServices
{
    public static IServiceCollection AddEmail(this IServiceCollection services) => services
        .AddSingleton<EmailQueue>()
        .AddHostedService(provider => provider.GetRequiredService<EmailQueue>());
}

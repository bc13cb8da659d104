using Microsoft.Extensions.DependencyInjection;

namespace FinConsole.Core.Profile;

public static class ProfileServices
{
    public static IServiceCollection AddProfile(this IServiceCollection services) => services
        .AddSingleton<GetProfile>()
        .AddSingleton<UpdateProfile>()
        .AddSingleton<RequestEmailChange>()
        .AddSingleton<ConfirmEmailChange>();
}

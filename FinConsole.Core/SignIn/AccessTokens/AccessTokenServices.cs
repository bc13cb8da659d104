using Microsoft.Extensions.DependencyInjection;

namespace FinConsole.Core.SignIn.AccessTokens;

internal static class AccessTokenServices
{
    public static IServiceCollection AddAccessTokens(this IServiceCollection services) => services
        .AddSingleton<AccessTokenAddress>()
        .AddSingleton<SigningKeys>()
        .AddSingleton<PublishedKeys>()
        .AddSingleton<AccessTokenWriter>()
        .AddSingleton<LiveProgramSessions>()
        .AddSingleton<AccessTokenVerifier>()
        .AddSingleton<RefreshTokens>()
        .AddSingleton<RefreshLimiter>()
        .AddSingleton<SignInProgram>()
        .AddSingleton<RefreshAccess>()
        .AddHostedService<SigningKeyWorker>();
}

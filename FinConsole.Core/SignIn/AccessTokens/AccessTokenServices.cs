using FinConsole.Core.Audit.Verification;
using Microsoft.Extensions.DependencyInjection;

namespace FinConsole.Core.SignIn.AccessTokens;

internal static class AccessTokenServices
{
    public static IServiceCollection AddAccessTokens(this IServiceCollection services) => services
        .AddSingleton<AccessTokenAddress>()
        .AddSingleton<AccessTokenKeySeal>()
        .AddSingleton<AccessTokenKeyRows>()
        .AddSingleton<ISealedRows>(provider => provider.GetRequiredService<AccessTokenKeyRows>())
        .AddSingleton<SigningKeys>()
        .AddSingleton<PublishedKeys>()
        .AddSingleton<AccessTokenWriter>()
        .AddSingleton<LiveProgramSessions>()
        .AddSingleton<AccessTokenVerifier>()
        .AddSingleton<RefreshTokens>()
        .AddSingleton<RefreshLimiter>()
        .AddSingleton<SignInProgram>()
        .AddSingleton<RefreshAccess>()
        .AddSingleton<RevokeAccess>()
        .AddHostedService<SigningKeyWorker>();
}

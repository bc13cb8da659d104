using FinConsole.Core.Members;
using FinConsole.Core.SignIn.AccessTokens;
using FinConsole.Core.SignIn.FollowUps;
using FinConsole.Core.SignIn.Links;
using FinConsole.Core.SignIn.Passwords;
using FinConsole.Core.SignIn.SecondFactor;
using FinConsole.Core.SignIn.Sessions;
using FinConsole.Core.SignIn.StepUp;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FinConsole.Core.SignIn;

public static class SignInServices
{
    /// <summary>PBKDF2-HMAC-SHA512 iterations (OWASP Password Storage Cheat Sheet); Identity's own default is below that.</summary>
    public const int PasswordIterations = 210_000;

    public static IServiceCollection AddSignIn(this IServiceCollection services)
    {
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = PasswordIterations);
        services.TryAddSingleton<IPasswordHasher<ConsoleUser>, PasswordHasher<ConsoleUser>>();
        return services
            .AddSingleton<PasswordHashing>()
            .AddSingleton<SignInLimiter>()
            .AddSingleton<PasswordCheck>()
            .AddSingleton<NewPassword>()
            .AddSingleton<ChangePassword>()
            .AddSingleton<RequestPasswordReset>()
            .AddSingleton<ResetPassword>()
            .AddSingleton<OneTimeLinks>()
            .AddSingleton<SignInWithPassword>()
            .AddSingleton<SignInChallenges>()
            .AddSingleton<SecondFactorCheck>()
            .AddSingleton<SignInWithSecondFactor>()
            .AddSingleton<ConfirmIdentity>()
            .AddSingleton<EndSessionsOfAttempt>()
            .AddSingleton<DemandPasswordReset>()
            .AddSingleton<SignOut>()
            .AddSingleton<CheckSession>()
            .AddSingleton<ListSessions>()
            .AddSingleton<EndSession>()
            .AddSingleton<EndOtherSessions>()
            .AddSingleton<EndReplacedSession>()
            .AddAccessTokens();
    }
}

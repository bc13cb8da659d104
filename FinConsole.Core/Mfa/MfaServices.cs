using Microsoft.Extensions.DependencyInjection;

namespace FinConsole.Core.Mfa;

public static class MfaServices
{
    public static IServiceCollection AddMfa(this IServiceCollection services) => services
        .AddSingleton<TotpCodes>()
        .AddSingleton<TotpIssuer>()
        .AddSingleton<RecoveryCodes>()
        .AddSingleton<GetMfa>()
        .AddSingleton<BeginMfaEnrolment>()
        .AddSingleton<ConfirmMfaEnrolment>()
        .AddSingleton<TurnOffMfa>()
        .AddSingleton<RenewRecoveryCodes>();
}

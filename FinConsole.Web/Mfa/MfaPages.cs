namespace FinConsole.Web.Mfa;

public static class MfaPages
{
    public static IServiceCollection AddMfaPages(this IServiceCollection services) => services.AddSingleton<MfaCommands>().AddScoped<MfaDialogs>();
}

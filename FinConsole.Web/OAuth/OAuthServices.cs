namespace FinConsole.Web.OAuth;

internal static class OAuthServices
{
    public static IServiceCollection AddOAuth(this IServiceCollection services) => services.AddSingleton<Revocation>();
}

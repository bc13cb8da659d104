namespace FinConsole.Web.ApiTokens;

public static class ApiTokenPages
{
    public static IServiceCollection AddApiTokenPages(this IServiceCollection services) => services.AddSingleton<TokenCommands>();
}

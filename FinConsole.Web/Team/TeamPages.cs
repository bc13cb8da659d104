using FinConsole.Web.Components.Palette;

namespace FinConsole.Web.Team;

public static class TeamPages
{
    public static IServiceCollection AddTeamPages(this IServiceCollection services) => services
        .AddSingleton<TeamLists>().AddSingleton<TeamCommands>().AddScoped<TeamDialogs>().AddSingleton<IPaletteSource, MemberPaletteSource>();
}

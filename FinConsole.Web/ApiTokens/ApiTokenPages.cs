using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.Usage.Reports;
using FinConsole.Web.Components.Palette;

namespace FinConsole.Web.ApiTokens;

public static class ApiTokenPages
{
    public static IServiceCollection AddApiTokenPages(this IServiceCollection services) => services
        .AddSingleton<TokenCommands>().AddSingleton<TokenQueries>().AddScoped<TokenDialogs>().AddSingleton<IPaletteSource, TokenPaletteSource>();
}

/// <summary>What the tokens page asks: the list, how many there are, and what they do.</summary>
public sealed record TokenQueries(ListApiTokens List, CountApiTokens Count, ShowTokenTraffic Traffic);

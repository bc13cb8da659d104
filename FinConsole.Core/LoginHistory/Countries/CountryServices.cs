using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FinConsole.Core.LoginHistory.Countries;

/// <summary>Telling countries from addresses.</summary>
public static class CountryServices
{
    public static IServiceCollection AddCountries(this IServiceCollection services)
    {
        services.AddOptions<CountryOptions>();
        services.AddSingleton(provider => Load(provider.GetRequiredService<IOptions<CountryOptions>>().Value));
        services.AddSingleton<Places>();
        return services;
    }

    /// <summary>Without the table that comes with it the program runs, and knows no countries; a table that was asked for by name must be there.</summary>
    private static CountryTable Load(CountryOptions options)
    {
        if (options.CountryTable is { Length: > 0 } chosen)
            return CountryTableFile.Read(chosen);
        var shipped = Path.Combine(AppContext.BaseDirectory, CountryTable.FileName);
        return File.Exists(shipped) ? CountryTableFile.Read(shipped) : CountryTable.None;
    }
}

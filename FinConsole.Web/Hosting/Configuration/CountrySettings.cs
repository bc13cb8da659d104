using System.Net;
using FinConsole.Core.Common;
using FinConsole.Core.LoginHistory.Countries;

namespace FinConsole.Web.Hosting.Configuration;

/// <summary>How countries are told (<c>LoginHistory:CountryTable</c>, a file; <c>LoginHistory:Places</c>, CIDR ranges and the country that each is in).</summary>
public sealed record CountrySettings(string? TableFile, IReadOnlyDictionary<IPNetwork, string> Places)
{
    public void ApplyTo(CountryOptions options)
    {
        options.CountryTable = TableFile;
        foreach (var (network, country) in Places)
            options.Places[network] = country;
    }

    internal static CountrySettings Read(IConfiguration configuration, ConsoleFolders folders, Faults faults)
    {
        var section = configuration.GetSection(CountryOptions.Section);
        var table = section[nameof(CountryOptions.CountryTable)] is { Length: > 0 } named ? folders.Resolve(named) : null;
        if (table is not null && !File.Exists(table))
            faults.Add(Texts.Format(ConfigurationTexts.CountryTableMissing, table));

        // A colon parts levels of configuration: an IPv6 network lies several of them deep.
        var places = new Dictionary<IPNetwork, string>();
        foreach (var (text, country) in section.GetSection(nameof(CountryOptions.Places)).AsEnumerable(makePathsRelative: true))
        {
            if (country is null)
                continue;
            if (!IpText.TryParse(text.Split('/')[0], out var first) || !IPNetwork.TryParse(text, out var network) || !first.Equals(network.BaseAddress))
                faults.Add(Texts.Format(ConfigurationTexts.PlaceNetworkMalformed, text));
            else if (!CountryNames.All.ContainsKey(country))
                faults.Add(Texts.Format(ConfigurationTexts.PlaceCountryUnknown, text, country));
            else
                places[network] = country;
        }

        return new CountrySettings(table, places);
    }
}

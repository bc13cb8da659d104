using System.Net;

namespace FinConsole.Core.LoginHistory.Countries;

/// <summary>Part of section <c>LoginHistory</c>: how countries are told.</summary>
public sealed class CountryOptions
{
    public const string Section = "LoginHistory";

    /// <summary>Another table than the one beside the program. Full path.</summary>
    public string? CountryTable { get; set; }

    /// <summary>Where own networks are (offices, VPN), in two letters: these are believed before the table, and for private addresses too.</summary>
    public IDictionary<IPNetwork, string> Places { get; } = new Dictionary<IPNetwork, string>();
}

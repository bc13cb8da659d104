using System.Net;

namespace FinConsole.Tests.Fixtures;

/// <summary>Where the addresses are that RFC 5737 and RFC 3849 keep for documentation, in tests: stated as an operator states own networks.</summary>
public static class TestPlaces
{
    /// <summary>The office, in Germany: where <see cref="TestTenants.Origin"/> sits.</summary>
    public const string Office = "203.0.113.7";

    public const string Brazil = "192.0.2.10";
    public const string Argentina = "192.0.2.90";
    public const string Japan = "198.51.100.20";

    /// <summary>Documentation too, but of no stated place.</summary>
    public const string Nowhere = "2001:db8::7";

    public static void AddTo(IDictionary<IPNetwork, string> places)
    {
        places[IPNetwork.Parse("203.0.113.0/24")] = "DE";
        places[IPNetwork.Parse("192.0.2.0/26")] = "BR";
        places[IPNetwork.Parse("192.0.2.64/26")] = "AR";
        places[IPNetwork.Parse("198.51.100.0/24")] = "JP";
    }
}

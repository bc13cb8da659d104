using System.Net;

namespace FinConsole.Web.Hosting.Configuration;

/// <summary>A gateway that may call <c>authorize</c>.</summary>
/// <param name="Network">The addresses from which it connects.</param>
/// <param name="Headers">The one pair of headers that counts for it.</param>
public sealed record TrustedGateway(IPNetwork Network, GatewayHeaders Headers)
{
    /// <summary>Whether an address belongs to both.</summary>
    public bool Overlaps(TrustedGateway other) => Network.Contains(other.Network.BaseAddress) || other.Network.Contains(Network.BaseAddress);
}

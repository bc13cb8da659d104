using System.Net;
using FinConsole.Core.ApiTokens;

namespace FinConsole.Web.Hosting.Configuration;

/// <summary>Section <c>Gateway</c>: who may ask in the name of an API's clients, and what that API has.</summary>
public sealed class GatewaySettings
{
    public const string Section = "Gateway";

    /// <summary>The gateways; nobody else may call <c>authorize</c>. Networks that overlap use the same pair of headers.</summary>
    public IReadOnlyList<TrustedGateway> Gateways { get; set; } = [];

    /// <summary>First segments of paths that are resources.</summary>
    public IReadOnlySet<string> Resources { get; set; } = TokenScopes.Resources.ToHashSet(StringComparer.Ordinal);

    /// <summary>Those of them on which <c>write:limited</c> allows POST.</summary>
    public IReadOnlySet<string> Limited { get; set; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>The pair of headers that counts for the gateway at this address; null for an address of no gateway.</summary>
    public GatewayHeaders? HeadersOf(IPAddress? address)
    {
        if (address is null)
            return null;
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        foreach (var gateway in Gateways)
        {
            if (gateway.Network.Contains(plain))
                return gateway.Headers;
        }

        return null;
    }
}

using System.Collections.Frozen;
using FinConsole.Web.Hosting.Configuration;

namespace FinConsole.Web.Gateway;

/// <summary>The resources of the API behind the gateways. Made once: a gateway asks for every request of every client.</summary>
internal sealed class KnownResources(GatewaySettings settings)
{
    private readonly FrozenDictionary<string, ResourceScopes> _byName =
        settings.Resources.ToFrozenDictionary(name => name, name => new ResourceScopes(name, settings.Limited.Contains(name)), StringComparer.Ordinal);

    /// <summary>Null for a name that is no resource.</summary>
    public ResourceScopes? Find(ReadOnlySpan<char> name) => _byName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var scopes) ? scopes : null;
}

namespace FinConsole.Core.Tenants;

/// <summary>A row of one tenant. One named query filter on every such entity keeps the others out of sight.</summary>
public interface ITenantOwned
{
    Guid TenantId { get; }
}

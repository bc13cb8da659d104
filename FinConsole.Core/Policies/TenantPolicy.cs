using FinConsole.Core.Data;
using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FinConsole.Core.Policies;

/// <summary>What a tenant has decided for its own members and keys. A tenant without a row has the defaults below.</summary>
public sealed class TenantPolicy : ITenantOwned
{
    /// <summary>product.md, "Encryption keys": a decrypt-only window of up to 24 hours.</summary>
    public const int LongestDecryptOnlyHours = 24;

    public Guid TenantId { get; init; }

    /// <summary>For how many hours after a rotation the previous key still decrypts; 0 ends it at once.</summary>
    public int DecryptOnlyHours { get; set; }

    /// <summary>Whether an admin may take the private key out, encrypted under a passphrase.</summary>
    public bool PrivateKeyExport { get; set; } = true;

    /// <summary>Grows with each change, so that two admins cannot overwrite each other's unseen.</summary>
    public int Version { get; set; }

    /// <summary>The policy of the context's tenant.</summary>
    public static async Task<TenantPolicy> ReadAsync(ConsoleDbContext context, CancellationToken cancellationToken) =>
        await context.Set<TenantPolicy>().AsNoTracking().SingleOrDefaultAsync(cancellationToken) ?? new TenantPolicy { TenantId = context.TenantId };
}

internal sealed class TenantPolicyConfiguration : IEntityTypeConfiguration<TenantPolicy>
{
    public void Configure(EntityTypeBuilder<TenantPolicy> builder)
    {
        builder.ToTable("TenantPolicies");
        builder.HasKey(policy => policy.TenantId);
        builder.Property(policy => policy.TenantId).ValueGeneratedNever();
        builder.HasOne<Tenant>().WithOne().HasForeignKey<TenantPolicy>(policy => policy.TenantId).OnDelete(DeleteBehavior.Restrict);
    }
}

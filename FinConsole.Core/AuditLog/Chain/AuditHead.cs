using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FinConsole.Core.AuditLog.Chain;

/// <summary>Where a tenant's chain ends. Its row's lock puts the tenant's writers in order; its tag shows a tail that was cut off.</summary>
public sealed class AuditHead : ITenantOwned
{
    public Guid TenantId { get; init; }

    public long Size { get; set; }

    public required byte[] Link { get; set; }

    /// <summary>
    /// The epoch of the register (<see cref="AuditSeal"/>) when the chain was last written to. The tag covers it: a register that was set
    /// back to an earlier epoch contradicts every chain that was written to since.
    /// </summary>
    public long Epoch { get; set; }

    public required byte[] Tag { get; set; }
}

internal sealed class AuditHeadConfiguration : IEntityTypeConfiguration<AuditHead>
{
    public void Configure(EntityTypeBuilder<AuditHead> builder)
    {
        builder.ToTable("AuditHeads");
        builder.HasKey(head => head.TenantId);
        builder.Property(head => head.TenantId).ValueGeneratedNever();
        builder.Property(head => head.Link).HasMaxLength(32).IsFixedLength();
        builder.Property(head => head.Tag).HasMaxLength(32).IsFixedLength();
    }
}

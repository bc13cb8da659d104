using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FinConsole.Core.AuditLog.Chain;

/// <summary>
/// A chain in the register: that it exists, whose it is, and how long it was when it was last anchored. Rows are added and moved forward,
/// never removed; <see cref="AuditSeal"/> covers all of them together.
/// </summary>
public sealed class AuditAnchor
{
    public Guid TenantId { get; init; }

    /// <summary>1, 2, 3, ... in the order in which chains began.</summary>
    public long Number { get; init; }

    /// <summary>The tenant's name.</summary>
    public required string Name { get; set; }

    /// <summary>When the tenant was made; for the operator's chain, when the register was begun.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The chain has at least so many entries.</summary>
    public long Size { get; set; }

    /// <summary>The link of the entry of that number.</summary>
    public required byte[] Link { get; set; }
}

/// <summary>
/// The one row that closes the register: how often it changed, how many chains and checkpoint keys it lists, and the digest of all of them,
/// under a tag whose key is not in the database.
/// </summary>
public sealed class AuditSeal
{
    public const int TheOne = 1;

    public int Id { get; init; } = TheOne;

    /// <summary>Grows with every change of the register.</summary>
    public long Epoch { get; set; }

    public long Chains { get; set; }

    public long Keys { get; set; }

    /// <summary>SHA-256 over every anchor and checkpoint key.</summary>
    public required byte[] Digest { get; set; }

    /// <summary>HMAC-SHA-256 over the other columns.</summary>
    public required byte[] Tag { get; set; }
}

internal sealed class AuditAnchorConfiguration : IEntityTypeConfiguration<AuditAnchor>
{
    public void Configure(EntityTypeBuilder<AuditAnchor> builder)
    {
        builder.ToTable("AuditAnchors");
        builder.HasKey(anchor => anchor.TenantId);
        builder.Property(anchor => anchor.TenantId).ValueGeneratedNever();
        builder.Property(anchor => anchor.Name).HasMaxLength(Tenant.LongestName);
        builder.Property(anchor => anchor.Link).HasMaxLength(32).IsFixedLength();
        builder.HasIndex(anchor => anchor.Number).IsUnique();
    }
}

internal sealed class AuditSealConfiguration : IEntityTypeConfiguration<AuditSeal>
{
    public void Configure(EntityTypeBuilder<AuditSeal> builder)
    {
        builder.ToTable("AuditSeals");
        builder.Property(seal => seal.Id).ValueGeneratedNever();
        builder.Property(seal => seal.Digest).HasMaxLength(32).IsFixedLength();
        builder.Property(seal => seal.Tag).HasMaxLength(32).IsFixedLength();
    }
}

using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FinConsole.Core.EncryptionKeys;

/// <summary>A tenant's RSA pair, with whose public part its servers encrypt sensitive fields.</summary>
public sealed class EncryptionKey : ITenantOwned
{
    /// <summary>NIST SP 800-57 part 1, table 2: 3072 bits of RSA are 128 bits of strength.</summary>
    public const int SmallestSize = 3072;

    /// <summary>The key id (<c>kid</c>).</summary>
    public Guid Id { get; init; }

    public Guid TenantId { get; init; }

    /// <summary>In bits.</summary>
    public int Size { get; init; }

    /// <summary>X.509 SubjectPublicKeyInfo, DER.</summary>
    public required byte[] PublicKey { get; init; }

    /// <summary>PKCS#8, encrypted under the Data Protection ring for this tenant and id; null once erased.</summary>
    public byte[]? PrivateKey { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? EndedAt { get; set; }
}

internal sealed class EncryptionKeyConfiguration : IEntityTypeConfiguration<EncryptionKey>
{
    public void Configure(EntityTypeBuilder<EncryptionKey> builder)
    {
        builder.ToTable("EncryptionKeys");
        builder.Property(key => key.Id).ValueGeneratedNever();
        builder.HasOne<Tenant>().WithMany().HasForeignKey(key => key.TenantId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(key => new { key.TenantId, key.CreatedAt });
    }
}

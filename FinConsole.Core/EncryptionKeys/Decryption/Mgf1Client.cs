using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FinConsole.Core.EncryptionKeys.Decryption;

/// <summary>A client that was seen to pad with MGF1-SHA-1, so that somebody can go and mend it.</summary>
public sealed class Mgf1Client : ITenantOwned
{
    public const int LongestName = 200;

    public Guid TenantId { get; init; }

    /// <summary>The service token's name, or what the client calls itself (its user agent).</summary>
    public required string Name { get; init; }

    public DateTimeOffset FirstSeenAt { get; init; }

    public DateTimeOffset LastSeenAt { get; set; }

    /// <summary>How many fields it sent so.</summary>
    public long Fields { get; set; }
}

internal sealed class Mgf1ClientConfiguration : IEntityTypeConfiguration<Mgf1Client>
{
    public void Configure(EntityTypeBuilder<Mgf1Client> builder)
    {
        builder.ToTable("Mgf1Clients");
        builder.HasKey(client => new { client.TenantId, client.Name });
        builder.Property(client => client.Name).HasMaxLength(Mgf1Client.LongestName);
        builder.HasOne<Tenant>().WithMany().HasForeignKey(client => client.TenantId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(client => new { client.TenantId, client.LastSeenAt });
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FinConsole.Core.Data;

/// <summary>A part of the program that only one instance at a time may play. Who holds it renews it; who dies loses it when it runs out.</summary>
internal sealed class Lease
{
    public required string Name { get; init; }

    public Guid Holder { get; set; }

    public DateTimeOffset Until { get; set; }
}

internal sealed class LeaseConfiguration : IEntityTypeConfiguration<Lease>
{
    public void Configure(EntityTypeBuilder<Lease> builder)
    {
        builder.ToTable("Leases");
        builder.HasKey(lease => lease.Name);
        builder.Property(lease => lease.Name).HasMaxLength(40);
    }
}

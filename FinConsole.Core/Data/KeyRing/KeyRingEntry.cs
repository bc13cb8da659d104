using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FinConsole.Core.Data.KeyRing;

/// <summary>One key of the Data Protection ring, its secret part encrypted to a certificate that is not in the database.</summary>
internal sealed class KeyRingEntry
{
    public int Id { get; init; }

    public required string FriendlyName { get; init; }

    public required string Xml { get; init; }
}

internal sealed class KeyRingEntryConfiguration : IEntityTypeConfiguration<KeyRingEntry>
{
    public void Configure(EntityTypeBuilder<KeyRingEntry> builder)
    {
        builder.ToTable("KeyRing");
        builder.Property(entry => entry.FriendlyName).HasMaxLength(200);
    }
}

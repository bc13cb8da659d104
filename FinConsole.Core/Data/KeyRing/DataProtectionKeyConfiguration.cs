using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FinConsole.Core.Data.KeyRing;

/// <summary>One key of the Data Protection ring, its secret part encrypted to a certificate that is not in the database, and sealed by <see cref="KeyRingSeal"/>.</summary>
internal sealed class DataProtectionKeyConfiguration : IEntityTypeConfiguration<DataProtectionKey>
{
    public void Configure(EntityTypeBuilder<DataProtectionKey> builder)
    {
        builder.ToTable("KeyRing");
        builder.Property(key => key.FriendlyName).HasMaxLength(200).IsRequired();
        builder.Property(key => key.Xml).IsRequired();
    }
}

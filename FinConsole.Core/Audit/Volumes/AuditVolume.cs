using FinConsole.Core.AuditLog;
using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FinConsole.Core.Audit.Volumes;

/// <summary>How many entries of one kind a tenant's log has in one hour, of those up to its <see cref="AuditVolumeMark"/>.</summary>
internal sealed class AuditVolume : ITenantOwned
{
    public Guid TenantId { get; init; }

    /// <summary>Hours since 1970-01-01T00:00Z.</summary>
    public int Hour { get; init; }

    public AuditAction Action { get; init; }

    public AuditResult Result { get; init; }

    public long Count { get; set; }
}

/// <summary>Up to which entry a tenant's log is counted into <see cref="AuditVolume"/>. Moved by compare-and-set in the transaction that counts.</summary>
internal sealed class AuditVolumeMark : ITenantOwned
{
    public Guid TenantId { get; init; }

    public long Sequence { get; set; }
}

internal sealed class AuditVolumeConfiguration : IEntityTypeConfiguration<AuditVolume>
{
    public void Configure(EntityTypeBuilder<AuditVolume> builder)
    {
        builder.ToTable("AuditVolumes");
        builder.HasKey(volume => new { volume.TenantId, volume.Hour, volume.Action, volume.Result });
    }
}

internal sealed class AuditVolumeMarkConfiguration : IEntityTypeConfiguration<AuditVolumeMark>
{
    public void Configure(EntityTypeBuilder<AuditVolumeMark> builder)
    {
        builder.ToTable("AuditVolumeMarks");
        builder.HasKey(mark => mark.TenantId);
        builder.Property(mark => mark.TenantId).ValueGeneratedNever();
    }
}

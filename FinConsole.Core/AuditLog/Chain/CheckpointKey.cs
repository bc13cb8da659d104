using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FinConsole.Core.AuditLog.Chain;

/// <summary>The key that signs checkpoints, made once an installation. Its private part is encrypted under the Data Protection ring.</summary>
internal sealed class CheckpointKey
{
    public Guid Id { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>SubjectPublicKeyInfo, DER.</summary>
    public required byte[] PublicKey { get; init; }

    /// <summary>PKCS#8, protected.</summary>
    public required byte[] PrivateKey { get; init; }
}

internal sealed class CheckpointKeyConfiguration : IEntityTypeConfiguration<CheckpointKey>
{
    public void Configure(EntityTypeBuilder<CheckpointKey> builder)
    {
        builder.ToTable("CheckpointKeys");
        builder.Property(key => key.Id).ValueGeneratedNever();
        builder.HasIndex(key => key.CreatedAt);
    }
}

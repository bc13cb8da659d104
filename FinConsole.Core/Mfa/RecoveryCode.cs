using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FinConsole.Core.Mfa;

/// <summary>One of the ten codes that stand in, once each, for an authenticator that is lost. Only its hash is kept: 128 random bits need no slow one.</summary>
public sealed class RecoveryCode : ITenantOwned
{
    public Guid Id { get; init; }

    public Guid TenantId { get; init; }

    public Guid MemberId { get; init; }

    /// <summary>SHA-256 of the code's bytes.</summary>
    public required byte[] Hash { get; init; }

    public DateTimeOffset? UsedAt { get; set; }
}

internal sealed class RecoveryCodeConfiguration : IEntityTypeConfiguration<RecoveryCode>
{
    public void Configure(EntityTypeBuilder<RecoveryCode> builder)
    {
        builder.ToTable("RecoveryCodes");
        builder.Property(code => code.Id).ValueGeneratedNever();
        builder.Property(code => code.Hash).HasMaxLength(32).IsFixedLength();
        builder.HasOne<ConsoleUser>().WithMany().HasForeignKey(code => new { code.TenantId, code.MemberId })
            .HasPrincipalKey(user => new { user.TenantId, user.Id }).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(code => new { code.TenantId, code.MemberId, code.Hash }).IsUnique();
    }
}

using FinConsole.Core.Data;
using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FinConsole.Core.Policies;

/// <summary>What a tenant has decided for its own members and keys. A tenant without a row has the defaults below.</summary>
public sealed class TenantPolicy : ITenantOwned
{
    /// <summary>product.md, "Encryption keys": a decrypt-only window of up to 24 hours.</summary>
    public const int LongestDecryptOnlyHours = 24;

    public const int DefaultLoginHistoryDays = 400;

    public Guid TenantId { get; init; }

    /// <summary>For how many hours after a rotation the previous key still decrypts; 0 ends it at once.</summary>
    public int DecryptOnlyHours { get; set; }

    /// <summary>Whether an admin may take the private key out, encrypted under a passphrase.</summary>
    public bool PrivateKeyExport { get; set; } = true;

    /// <summary>Whether payloads that clients padded with MGF1-SHA-1 are decrypted.</summary>
    public bool AllowMgf1Sha1 { get; set; }

    /// <summary>Whether programs have to encrypt the passwords and codes that they send.</summary>
    public bool RequireEncryptedSecrets { get; set; }

    /// <summary>From which score on a sign-in is suspicious.</summary>
    public int RiskMedium { get; set; } = RiskPolicy.Default.Medium;

    public int RiskHigh { get; set; } = RiskPolicy.Default.High;

    /// <summary>JSON; null for the default weights.</summary>
    public string? RiskWeights { get; set; }

    /// <summary>How sign-ins are weighed.</summary>
    public RiskPolicy Risk
    {
        get => RiskPolicy.Read(RiskMedium, RiskHigh, RiskWeights);
        set => (RiskMedium, RiskHigh, RiskWeights) = (value.Medium, value.High, value.HasDefaultWeights ? null : value.WeightsToJson());
    }

    /// <summary>After how many days a token or key is overdue for rotation.</summary>
    public int RotateDevelopmentDays { get; set; } = RotationPolicy.Default.DevelopmentDays;

    public int RotateStagingDays { get; set; } = RotationPolicy.Default.StagingDays;

    public int RotateProductionDays { get; set; } = RotationPolicy.Default.ProductionDays;

    public int RotateEncryptionKeyDays { get; set; } = RotationPolicy.Default.EncryptionKeyDays;

    public RotationPolicy Rotation
    {
        get => new(RotateDevelopmentDays, RotateStagingDays, RotateProductionDays, RotateEncryptionKeyDays);
        set => (RotateDevelopmentDays, RotateStagingDays, RotateProductionDays, RotateEncryptionKeyDays) =
            (value.DevelopmentDays, value.StagingDays, value.ProductionDays, value.EncryptionKeyDays);
    }

    /// <summary>For how many days login history is kept; the audit log is kept for good.</summary>
    public int LoginHistoryDays { get; set; } = DefaultLoginHistoryDays;

    /// <summary>Grows with each change, so that two admins cannot overwrite each other's unseen.</summary>
    public int Version { get; set; }

    /// <summary>The policy of the context's tenant.</summary>
    public static async Task<TenantPolicy> ReadAsync(ConsoleDbContext context, CancellationToken cancellationToken) =>
        await context.Set<TenantPolicy>().AsNoTracking().SingleOrDefaultAsync(cancellationToken) ?? new TenantPolicy { TenantId = context.TenantId };
}

internal sealed class TenantPolicyConfiguration : IEntityTypeConfiguration<TenantPolicy>
{
    public void Configure(EntityTypeBuilder<TenantPolicy> builder)
    {
        builder.ToTable("TenantPolicies");
        builder.HasKey(policy => policy.TenantId);
        builder.Property(policy => policy.TenantId).ValueGeneratedNever();
        builder.Ignore(policy => policy.Risk);
        builder.Ignore(policy => policy.Rotation);
        builder.Property(policy => policy.RotateDevelopmentDays).HasDefaultValue(RotationPolicy.Default.DevelopmentDays);
        builder.Property(policy => policy.RotateStagingDays).HasDefaultValue(RotationPolicy.Default.StagingDays);
        builder.Property(policy => policy.RotateProductionDays).HasDefaultValue(RotationPolicy.Default.ProductionDays);
        builder.Property(policy => policy.RotateEncryptionKeyDays).HasDefaultValue(RotationPolicy.Default.EncryptionKeyDays);
        builder.Property(policy => policy.LoginHistoryDays).HasDefaultValue(TenantPolicy.DefaultLoginHistoryDays);
        builder.Property(policy => policy.RiskMedium).HasDefaultValue(RiskPolicy.Default.Medium);
        builder.Property(policy => policy.RiskHigh).HasDefaultValue(RiskPolicy.Default.High);
        builder.Property(policy => policy.RiskWeights).HasMaxLength(600);
        builder.HasOne<Tenant>().WithOne().HasForeignKey<TenantPolicy>(policy => policy.TenantId).OnDelete(DeleteBehavior.Restrict);
    }
}

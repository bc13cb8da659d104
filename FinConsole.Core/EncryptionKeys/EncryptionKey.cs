using System.Text.Json.Serialization;
using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FinConsole.Core.EncryptionKeys;

/// <summary>
/// A tenant's RSA pair, with whose public part its servers encrypt sensitive fields. Exactly one a tenant is current: the one that
/// has not ended. An ended one may go on decrypting for a while, and then has no private part any more.
/// </summary>
public sealed class EncryptionKey : ITenantOwned
{
    /// <summary>NIST SP 800-57 part 1, table 2: 3072 bits of RSA are 128 bits of strength.</summary>
    public const int SmallestSize = 3072;

    public const int LongestComment = 500;

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

    /// <summary>Who made it by a rotation, by address; null for the pair that onboarding made.</summary>
    public string? CreatedBy { get; init; }

    /// <summary>How many payloads the server has decrypted with it.</summary>
    public long UseCount { get; set; }

    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>When a successor took its place; null for the current one.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Who rotated it, by address.</summary>
    public string? EndedBy { get; set; }

    public RotationReason? EndReason { get; set; }

    public string? EndComment { get; set; }

    /// <summary>Until when an ended key still decrypts. Asked at every use: a late sweep opens nothing.</summary>
    public DateTimeOffset? DecryptUntil { get; set; }
}

/// <summary>Why somebody rotated the keys. Stored by number; the numbers never change meaning.</summary>
public enum RotationReason
{
    [JsonStringEnumMemberName("Scheduled")]
    Scheduled = 1,
    [JsonStringEnumMemberName("Compromised")]
    Compromised = 2,
    [JsonStringEnumMemberName("Other")]
    Other = 3,
}

internal sealed class EncryptionKeyConfiguration : IEntityTypeConfiguration<EncryptionKey>
{
    public void Configure(EntityTypeBuilder<EncryptionKey> builder)
    {
        builder.ToTable("EncryptionKeys");
        builder.Property(key => key.Id).ValueGeneratedNever();
        builder.Property(key => key.CreatedBy).HasMaxLength(ConsoleUser.LongestEmail);
        builder.Property(key => key.EndedBy).HasMaxLength(ConsoleUser.LongestEmail);
        builder.Property(key => key.EndComment).HasMaxLength(EncryptionKey.LongestComment);
        builder.HasOne<Tenant>().WithMany().HasForeignKey(key => key.TenantId).OnDelete(DeleteBehavior.Restrict);

        // The last word on "one current key a tenant", whatever the code thinks. Quoted so that all three databases read it.
        builder.HasIndex(key => key.TenantId).IsUnique().HasDatabaseName("IX_EncryptionKeys_Current").HasFilter("\"EndedAt\" IS NULL");

        // One index for the history, one for the sweep.
        builder.HasIndex(key => new { key.TenantId, key.CreatedAt, key.Id });
        builder.HasIndex(key => key.DecryptUntil);
    }
}

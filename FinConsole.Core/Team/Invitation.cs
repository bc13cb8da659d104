using System.Security.Cryptography;
using System.Text;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FinConsole.Core.Team;

/// <summary>
/// An offer to join a tenant, made to one address. Its link works once, for seven days; only the link's hash is kept: 43 base62
/// characters need no slow one. It is pending until it has ended; one that expired is still pending, but its link is dead.
/// </summary>
public sealed class Invitation : ITenantOwned
{
    /// <summary>product.md: seven days.</summary>
    public static readonly TimeSpan LinkLife = TimeSpan.FromDays(7);

    private const int SecretLength = 43;

    public Guid Id { get; init; }

    public Guid TenantId { get; init; }

    /// <summary>In lower case, as the member will have it.</summary>
    public required string Email { get; init; }

    /// <summary>The invited person's name, where the inviter gave one; they may correct it.</summary>
    public string? Name { get; init; }

    public Role Role { get; init; }

    /// <summary>SHA-256 of the secret in the link.</summary>
    public required byte[] Hash { get; set; }

    /// <summary>Null for the operator.</summary>
    public Guid? InvitedById { get; init; }

    /// <summary>The inviter's name at the time.</summary>
    public required string InvitedBy { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the link in force was made.</summary>
    public DateTimeOffset SentAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public InvitationEnd? EndReason { get; set; }

    internal static Secret NewSecret() => new(Base62.Random(SecretLength));

    internal static byte[] HashOf(Secret secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret.Reveal()));
}

/// <summary>How an invitation ended. Stored by number; the numbers never change meaning.</summary>
public enum InvitationEnd
{
    Accepted = 1,
    Revoked = 2,

    /// <summary>It had expired when the same address was invited anew.</summary>
    Replaced = 3,
    TenantClosed = 4,
}

internal sealed class InvitationConfiguration : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> builder)
    {
        builder.ToTable("Invitations");
        builder.Property(invitation => invitation.Id).ValueGeneratedNever();
        builder.Property(invitation => invitation.Email).HasMaxLength(ConsoleUser.LongestEmail);
        builder.Property(invitation => invitation.Name).HasMaxLength(ConsoleUser.LongestName);
        builder.Property(invitation => invitation.Hash).HasMaxLength(32).IsFixedLength();
        builder.Property(invitation => invitation.InvitedBy).HasMaxLength(ConsoleUser.LongestName);
        builder.HasOne<Tenant>().WithMany().HasForeignKey(invitation => invitation.TenantId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(invitation => invitation.Hash).IsUnique();

        // The last word on "one pending invitation an address". Quoted so that all three databases read it.
        builder.HasIndex(invitation => new { invitation.TenantId, invitation.Email }).IsUnique().HasDatabaseName("IX_Invitations_Pending")
            .HasFilter("\"EndedAt\" IS NULL");
        builder.HasIndex(invitation => new { invitation.TenantId, invitation.EndedAt, invitation.SentAt, invitation.Id });
    }
}

using System.Security.Cryptography;
using System.Text;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FinConsole.Core.SignIn.Links;

/// <summary>A link that was emailed to somebody and works once. Only its hash is kept: 43 base62 characters need no slow hash.</summary>
public sealed class OneTimeLink : ITenantOwned
{
    private const int SecretLength = 43;

    public Guid Id { get; init; }

    public Guid TenantId { get; init; }

    public Guid MemberId { get; init; }

    public LinkPurpose Purpose { get; init; }

    /// <summary>SHA-256 of the secret in the link.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>The address to change to, for <see cref="LinkPurpose.EmailChange"/>.</summary>
    public string? NewEmail { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was used, or replaced by a newer one.</summary>
    public DateTimeOffset? SpentAt { get; set; }

    public static Secret NewSecret() => new(Base62.Random(SecretLength));

    public static byte[] HashOf(Secret secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret.Reveal()));
}

/// <summary>What a link is for. Stored by number.</summary>
public enum LinkPurpose
{
    PasswordReset = 1,
    EmailChange = 2,
}

internal sealed class OneTimeLinkConfiguration : IEntityTypeConfiguration<OneTimeLink>
{
    public void Configure(EntityTypeBuilder<OneTimeLink> builder)
    {
        builder.ToTable("OneTimeLinks");
        builder.Property(link => link.Id).ValueGeneratedNever();
        builder.Property(link => link.Hash).HasMaxLength(32).IsFixedLength();
        builder.Property(link => link.NewEmail).HasMaxLength(ConsoleUser.LongestEmail);
        builder.HasOne<ConsoleUser>().WithMany().HasForeignKey(link => new { link.TenantId, link.MemberId })
            .HasPrincipalKey(user => new { user.TenantId, user.Id }).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(link => link.Hash).IsUnique();
        builder.HasIndex(link => new { link.TenantId, link.MemberId, link.Purpose });
    }
}

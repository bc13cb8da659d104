using System.Security.Cryptography;
using System.Text;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FinConsole.Core.SignIn.AccessTokens;

/// <summary>
/// One link of a family of refresh tokens; the family is its session. Only the hash is kept: 43 base62 characters need no slow one.
/// Each is used once and then has a successor. Used again while that successor is unused, it replaces it: its answer was lost.
/// </summary>
public sealed class RefreshToken : ITenantOwned
{
    /// <summary>So that people and scanners know one when they see it.</summary>
    public const string Prefix = "fcr_";

    private const int SecretLength = 43;

    public Guid Id { get; init; }

    public Guid TenantId { get; init; }

    public Guid SessionId { get; init; }

    /// <summary>SHA-256 of the token.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>In whose place it came; null for the first of a session.</summary>
    public Guid? PredecessorId { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Its session's end, whatever happens.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? UsedAt { get; set; }

    /// <summary>When its predecessor came again and got another successor.</summary>
    public DateTimeOffset? ReplacedAt { get; set; }

    public static Secret NewSecret() => new(Prefix + Base62.Random(SecretLength));

    /// <summary>Null for what cannot be one.</summary>
    public static byte[]? HashOf(Secret secret)
    {
        var text = secret.Reveal();
        return text.Length == Prefix.Length + SecretLength && text.StartsWith(Prefix, StringComparison.Ordinal) ? SHA256.HashData(Encoding.UTF8.GetBytes(text)) : null;
    }
}

internal sealed class RefreshTokenConfiguration : IEntityTypeConfiguration<RefreshToken>
{
    public void Configure(EntityTypeBuilder<RefreshToken> builder)
    {
        builder.ToTable("RefreshTokens");
        builder.Property(token => token.Id).ValueGeneratedNever();
        builder.Property(token => token.Hash).HasMaxLength(32).IsFixedLength();
        builder.HasOne<MemberSession>().WithMany().HasForeignKey(token => new { token.TenantId, token.SessionId })
            .HasPrincipalKey(session => new { session.TenantId, session.Id }).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(token => token.Hash).IsUnique();

        // The last word on "one good token a family", whatever the code thinks. Quoted so that all three databases read it.
        builder.HasIndex(token => token.SessionId).IsUnique().HasDatabaseName("IX_RefreshTokens_Good").HasFilter("\"UsedAt\" IS NULL AND \"ReplacedAt\" IS NULL");
        builder.HasIndex(token => new { token.TenantId, token.PredecessorId });
        builder.HasIndex(token => token.ExpiresAt);
    }
}

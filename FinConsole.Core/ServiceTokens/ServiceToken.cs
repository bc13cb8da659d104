using FinConsole.Core.ApiTokens;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FinConsole.Core.ServiceTokens;

/// <summary>
/// A credential of one of the API company's own servers, of no tenant: it may ask about every tenant's tokens and have payloads
/// decrypted. The operator's command line alone makes and revokes them. The row never holds the token's text.
/// </summary>
public sealed class ServiceToken
{
    public const int LongestName = 80;

    public Guid Id { get; init; }

    public required string Name { get; init; }

    /// <summary>The name folded for comparison; unique among those that were not revoked.</summary>
    public required string NameKey { get; init; }

    /// <summary>As a tenant's token is found (see <see cref="TokenLookup"/>).</summary>
    public required byte[] LookupKey { get; init; }

    public required string Prefix { get; init; }

    public required string LastFour { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null for one that lives until it is revoked.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>Up to a minute late; null for never.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }
}

internal sealed class ServiceTokenConfiguration : IEntityTypeConfiguration<ServiceToken>
{
    public void Configure(EntityTypeBuilder<ServiceToken> builder)
    {
        builder.ToTable("ServiceTokens");
        builder.Property(token => token.Id).ValueGeneratedNever();
        builder.Property(token => token.Name).HasMaxLength(ServiceToken.LongestName);
        builder.Property(token => token.NameKey).HasMaxLength(ServiceToken.LongestName);
        builder.Property(token => token.LookupKey).HasMaxLength(32).IsFixedLength();
        builder.Property(token => token.Prefix).HasMaxLength(ApiTokenSecret.PrefixLength);
        builder.Property(token => token.LastFour).HasMaxLength(ApiTokenSecret.SuffixLength);
        builder.HasIndex(token => token.LookupKey).IsUnique();
        builder.HasIndex(token => token.NameKey).IsUnique().HasDatabaseName("IX_ServiceTokens_LiveName").HasFilter("\"RevokedAt\" IS NULL");
    }
}

using FinConsole.Core.ApiTokens;
using FinConsole.Core.Data;
using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FinConsole.Core.Usage;

/// <summary>
/// How often a token called an endpoint from a country in one hour, by status class. All instances add to the same rows. No foreign key:
/// whoever counts has verified the token, tokens are never deleted, and one bad row must not hold up all counts after it.
/// </summary>
internal sealed class UsageHour : ITenantOwned
{
    public Guid TenantId { get; init; }

    /// <summary>Hours since 1970-01-01T00:00Z.</summary>
    public int Hour { get; init; }

    public Guid TokenId { get; init; }

    public required string Endpoint { get; init; }

    public UsageStatus Status { get; init; }

    /// <summary>Two letters; empty where nobody knows.</summary>
    public required string Country { get; init; }

    public long Count { get; set; }
}

/// <summary>When a token last used one of its scopes. To the hour: what is asked is whether it was used within 30 days.</summary>
internal sealed class TokenScopeUse : ITenantOwned
{
    public Guid TenantId { get; init; }

    public Guid TokenId { get; init; }

    public required string Scope { get; init; }

    /// <summary>Hours since 1970-01-01T00:00Z.</summary>
    public int LastHour { get; set; }
}

internal sealed class UsageHourConfiguration : IEntityTypeConfiguration<UsageHour>, IEntityTypeConfiguration<TokenScopeUse>
{
    public const int LongestScope = 60;

    public void Configure(EntityTypeBuilder<UsageHour> builder)
    {
        builder.ToTable("UsageHours");
        builder.HasKey(hour => new { hour.TenantId, hour.Hour, hour.TokenId, hour.Endpoint, hour.Status, hour.Country });
        builder.Property(hour => hour.Endpoint).HasMaxLength(ApiToken.LongestEndpoint).HasAnnotation(ConsoleDbContext.SortsByBytes, true);
        builder.Property(hour => hour.Country).HasMaxLength(2).HasAnnotation(ConsoleDbContext.SortsByBytes, true);
        builder.HasIndex(hour => new { hour.TenantId, hour.TokenId, hour.Hour });
    }

    public void Configure(EntityTypeBuilder<TokenScopeUse> builder)
    {
        builder.ToTable("TokenScopeUses");
        builder.HasKey(use => new { use.TenantId, use.TokenId, use.Scope });
        builder.Property(use => use.Scope).HasMaxLength(LongestScope).HasAnnotation(ConsoleDbContext.SortsByBytes, true);
    }
}

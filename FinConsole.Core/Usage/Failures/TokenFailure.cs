using FinConsole.Core.Data;
using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FinConsole.Core.Usage.Failures;

/// <summary>How often a known token was refused for one reason from one address in one hour. It goes when its audit entry is written.</summary>
internal sealed class TokenFailure : ITenantOwned
{
    public Guid TenantId { get; init; }

    /// <summary>Hours since 1970-01-01T00:00Z.</summary>
    public int Hour { get; init; }

    public Guid TokenId { get; init; }

    public TokenFailureReason Reason { get; init; }

    /// <summary>Empty for addresses that are not known, or are one too many.</summary>
    public required string Ip { get; init; }

    public long Count { get; set; }
}

internal sealed class TokenFailureConfiguration : IEntityTypeConfiguration<TokenFailure>
{
    public const int LongestIp = 45;

    public void Configure(EntityTypeBuilder<TokenFailure> builder)
    {
        builder.ToTable("TokenFailures");
        builder.HasKey(failure => new { failure.TenantId, failure.Hour, failure.TokenId, failure.Reason, failure.Ip });
        builder.Property(failure => failure.Ip).HasMaxLength(LongestIp).HasAnnotation(ConsoleDbContext.SortsByBytes, true);
        builder.HasIndex(failure => failure.Hour);
    }
}

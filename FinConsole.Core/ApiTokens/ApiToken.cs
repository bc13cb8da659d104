using System.Text.Json.Serialization;
using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FinConsole.Core.ApiTokens;

/// <summary>
/// A credential of a tenant's servers. The row never holds the token's text, only the key it is found under. What changes with
/// time alone (expired, void, retired) is derived from the times; a sweep later writes the end down.
/// </summary>
public sealed class ApiToken : ITenantOwned
{
    public const int LongestName = 80;
    public const int LongestHolder = 120;
    public const int LongestComment = 500;
    public const int LongestEndpoint = 120;

    /// <summary>How long a token made in the console waits for "I have saved it".</summary>
    public static readonly TimeSpan PendingLimit = TimeSpan.FromMinutes(10);

    public Guid Id { get; init; }

    public Guid TenantId { get; init; }

    public required string Name { get; set; }

    /// <summary>The name folded for comparison and search.</summary>
    public required string NameKey { get; set; }

    public TokenEnvironment Environment { get; init; }

    /// <summary>Who keeps the secret: a few words, or the name of <see cref="HolderMemberId"/>.</summary>
    public string? Holder { get; set; }

    public Guid? HolderMemberId { get; set; }

    /// <summary>As <see cref="TokenScopes.Join"/> writes them.</summary>
    public required string Scopes { get; set; }

    /// <summary>As <see cref="IpAllowlist.Join"/> writes it; empty for none.</summary>
    public required string Allowlist { get; set; }

    /// <summary>The account that the token acts as.</summary>
    public Guid CashierId { get; init; }

    public TokenExpiry Expiry { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public Guid CreatedById { get; init; }

    /// <summary>The creator's address at the time.</summary>
    public required string CreatedBy { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>HMAC-SHA-256 (see <see cref="TokenLookup"/>).</summary>
    public required byte[] LookupKey { get; init; }

    public required string Prefix { get; init; }

    public required string LastFour { get; init; }

    /// <summary>When its maker said "I have saved it"; until then it is refused.</summary>
    public DateTimeOffset? AcknowledgedAt { get; set; }

    /// <summary>When it is void without that.</summary>
    public DateTimeOffset PendingUntil { get; init; }

    public DateTimeOffset? DisabledAt { get; set; }

    public Guid? PredecessorId { get; init; }

    /// <summary>The token that replaces this one; null again when that one ends first.</summary>
    public Guid? SuccessorId { get; set; }

    /// <summary>For a successor: how long its predecessor goes on.</summary>
    public TokenOverlap Overlap { get; init; }

    /// <summary>For a predecessor: until when it is still accepted. Set when its successor is acknowledged.</summary>
    public DateTimeOffset? OverlapEndsAt { get; set; }

    /// <summary>For a successor that its own predecessor asked for: that one ends with this one's first use, however much of its overlap is left.</summary>
    public bool EndsPredecessorOnUse { get; init; }

    public DateTimeOffset? EndedAt { get; set; }

    public TokenEnd? EndReason { get; set; }

    public InvalidationReason? InvalidationReason { get; set; }

    public string? EndComment { get; set; }

    /// <summary>Who ended it, by address; null for the program.</summary>
    public string? EndedBy { get; set; }

    public DateTimeOffset? LastUsedAt { get; set; }

    public string? LastUsedIp { get; set; }

    /// <summary>Method and route of that use, for example <c>GET /api/v1/whoami</c>.</summary>
    public string? LastUsedEndpoint { get; set; }

    /// <summary>The last reminder's number of days before expiry (14, 7, 3 or 1); null before the first.</summary>
    public int? RemindedDays { get; set; }
}

/// <summary>How a token ended. Stored by number; the numbers never change meaning.</summary>
public enum TokenEnd
{
    Invalidated = 1,
    Retired = 2,
    Void = 3,
    Expired = 4,
}

/// <summary>Why somebody invalidated a token. Stored by number; the numbers never change meaning.</summary>
public enum InvalidationReason
{
    [JsonStringEnumMemberName("Compromised")]
    Compromised = 1,
    [JsonStringEnumMemberName("NoLongerNeeded")]
    NoLongerNeeded = 2,
    [JsonStringEnumMemberName("MemberLeft")]
    MemberLeft = 3,
    [JsonStringEnumMemberName("Other")]
    Other = 4,
}

internal sealed class ApiTokenConfiguration : IEntityTypeConfiguration<ApiToken>
{
    public void Configure(EntityTypeBuilder<ApiToken> builder)
    {
        builder.ToTable("ApiTokens");
        builder.Property(token => token.Id).ValueGeneratedNever();
        builder.HasAlternateKey(token => new { token.TenantId, token.Id });
        builder.Property(token => token.Name).HasMaxLength(ApiToken.LongestName);
        builder.Property(token => token.NameKey).HasMaxLength(ApiToken.LongestName);
        builder.Property(token => token.Holder).HasMaxLength(ApiToken.LongestHolder);
        builder.Property(token => token.Scopes).HasMaxLength(500);
        builder.Property(token => token.Allowlist).HasMaxLength(3000);
        builder.Property(token => token.CreatedBy).HasMaxLength(ConsoleUser.LongestEmail);
        builder.Property(token => token.LookupKey).HasMaxLength(32).IsFixedLength();
        builder.Property(token => token.Prefix).HasMaxLength(ApiTokenSecret.PrefixLength);
        builder.Property(token => token.LastFour).HasMaxLength(ApiTokenSecret.SuffixLength);
        builder.Property(token => token.LastUsedEndpoint).HasMaxLength(ApiToken.LongestEndpoint);
        builder.Property(token => token.EndComment).HasMaxLength(ApiToken.LongestComment);
        builder.Property(token => token.EndedBy).HasMaxLength(ConsoleUser.LongestEmail);
        builder.Property(token => token.LastUsedIp).HasMaxLength(45);

        builder.HasOne<ConsoleUser>().WithMany().HasForeignKey(token => new { token.TenantId, token.CashierId })
            .HasPrincipalKey(user => new { user.TenantId, user.Id }).OnDelete(DeleteBehavior.Restrict);

        builder.HasIndex(token => token.LookupKey).IsUnique();

        // Names are unique among tokens that have neither ended nor a successor. Quoted so that all three databases read it.
        builder.HasIndex(token => new { token.TenantId, token.NameKey }).IsUnique().HasDatabaseName("IX_ApiTokens_LiveName")
            .HasFilter("\"EndedAt\" IS NULL AND \"SuccessorId\" IS NULL AND \"OverlapEndsAt\" IS NULL");

        // The last word on "one live successor a token", whatever the code thinks.
        builder.HasIndex(token => new { token.TenantId, token.PredecessorId }).IsUnique().HasDatabaseName("IX_ApiTokens_LiveSuccessor")
            .HasFilter("\"PredecessorId\" IS NOT NULL AND \"EndedAt\" IS NULL");

        // One index for each order of the list, and one for the sweep.
        builder.HasIndex(token => new { token.TenantId, token.CreatedAt, token.Id });
        builder.HasIndex(token => new { token.TenantId, token.ExpiresAt, token.Id });
        builder.HasIndex(token => new { token.TenantId, token.NameKey, token.Id });
        builder.HasIndex(token => new { token.EndedAt, token.ExpiresAt });
    }
}

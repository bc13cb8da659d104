using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FinConsole.Core.AuditLog;

/// <summary>
/// One line of a tenant's audit log: who did what to which resource, from where, and how it ended. Written in the transaction
/// of what it records, never changed or deleted (database triggers refuse it), and chained to its predecessor.
/// </summary>
public sealed class AuditEntry : ITenantOwned
{
    public const int LongestName = 320;

    public Guid TenantId { get; init; }

    /// <summary>1, 2, 3, ... within the tenant, without gaps.</summary>
    public long Sequence { get; init; }

    public DateTimeOffset At { get; init; }

    public AuditAction Action { get; init; }

    public ActorKind ActorKind { get; init; }

    public Guid ActorId { get; init; }

    /// <summary>The actor's name at the time.</summary>
    public required string ActorName { get; init; }

    public AuditResource Resource { get; init; }

    public Guid? ResourceId { get; init; }

    /// <summary>The resource's name at the time.</summary>
    public required string ResourceName { get; init; }

    public AuditResult Result { get; init; }

    public string? Ip { get; init; }

    public string? UserAgent { get; init; }

    public required string CorrelationId { get; init; }

    /// <summary>JSON, made by <see cref="AuditDetails"/> from its list of allowed fields.</summary>
    public required string Metadata { get; init; }

    /// <summary>SHA-256 over the predecessor's link and this entry.</summary>
    public byte[] Link { get; internal set; } = [];

    /// <summary>HMAC-SHA-256 over the link, under a key that is not in the database.</summary>
    public byte[] Tag { get; internal set; } = [];
}

/// <summary>What kind of thing an entry is about. Stored by number; the numbers never change meaning.</summary>
public enum AuditResource
{
    Tenant = 1,
    Member = 2,
    Session = 3,
    Token = 4,
    EncryptionKey = 5,
    AuditLog = 6,
    Policy = 7,
    Console = 8,
    Invitation = 9,
    LoginHistory = 10,
    ServiceToken = 11,
    SavedView = 12,
}

public enum AuditResult
{
    Success = 1,
    Failure = 2,
}

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("AuditEntries", table => table.HasTrigger("AuditEntries_append_only"));
        builder.HasKey(entry => new { entry.TenantId, entry.Sequence });
        builder.Property(entry => entry.ActorName).HasMaxLength(AuditEntry.LongestName);
        builder.Property(entry => entry.ResourceName).HasMaxLength(AuditEntry.LongestName);
        builder.Property(entry => entry.Ip).HasMaxLength(45);
        builder.Property(entry => entry.UserAgent).HasMaxLength(RequestOrigin.LongestUserAgent);
        builder.Property(entry => entry.CorrelationId).HasMaxLength(64);
        builder.Property(entry => entry.Link).HasMaxLength(32).IsFixedLength();
        builder.Property(entry => entry.Tag).HasMaxLength(32).IsFixedLength();
        builder.HasIndex(entry => new { entry.TenantId, entry.Action, entry.Sequence });
        builder.HasIndex(entry => new { entry.TenantId, entry.ActorName, entry.Sequence });
        builder.HasIndex(entry => new { entry.TenantId, entry.At, entry.Sequence });
        builder.HasIndex(entry => new { entry.TenantId, entry.ResourceId, entry.Sequence });
        builder.HasIndex(entry => new { entry.TenantId, entry.CorrelationId, entry.Sequence });
        builder.HasIndex(entry => new { entry.TenantId, entry.ActorId, entry.Sequence });
        builder.HasIndex(entry => new { entry.TenantId, entry.Resource, entry.Sequence });
        builder.HasIndex(entry => new { entry.TenantId, entry.ResourceName, entry.Sequence });
        builder.HasIndex(entry => new { entry.TenantId, entry.Result, entry.Sequence });
        builder.HasIndex(entry => new { entry.TenantId, entry.Ip, entry.Sequence });
        // Searches walk these by their beginning.
        builder.Property(entry => entry.ActorName).HasAnnotation(ConsoleDbContext.SortsByBytes, true);
        builder.Property(entry => entry.ResourceName).HasAnnotation(ConsoleDbContext.SortsByBytes, true);
    }
}

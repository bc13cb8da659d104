using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FinConsole.Core.UseCases.Idempotency;

/// <summary>
/// That something was done under a client's <c>Idempotency-Key</c>: written in the transaction of what was done, so that neither is there
/// without the other. It holds no answer, since that would be a secret kept to be replayed.
/// </summary>
public sealed class IdempotencyRecord : ITenantOwned
{
    /// <summary>For so long a key is remembered (api.md).</summary>
    public static readonly TimeSpan Life = TimeSpan.FromHours(24);

    public Guid TenantId { get; init; }

    /// <summary>Whose key it is: everybody has their own.</summary>
    public Guid ActorId { get; init; }

    public required string Key { get; init; }

    public required byte[] Fingerprint { get; init; }

    /// <summary>What was made.</summary>
    public Guid SubjectId { get; init; }

    public DateTimeOffset At { get; init; }
}

internal sealed class IdempotencyRecordConfiguration : IEntityTypeConfiguration<IdempotencyRecord>
{
    public void Configure(EntityTypeBuilder<IdempotencyRecord> builder)
    {
        builder.ToTable("OnceRecords");
        builder.HasKey(record => new { record.TenantId, record.ActorId, record.Key });
        builder.Property(record => record.Key).HasMaxLength(IdempotencyKey.LongestKey);
        builder.Property(record => record.Fingerprint).HasMaxLength(32);
        builder.HasIndex(record => record.At);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FinConsole.Core.Data.Changes;

/// <summary>
/// Something that every instance must hear of, written in the transaction that made it so. The number comes from a counter row
/// whose lock is held to the commit: numbers become visible in order and without gaps, which identity columns do not promise.
/// </summary>
public sealed class Change
{
    public long Number { get; init; }

    public Guid TenantId { get; init; }

    public ChangeKind Kind { get; init; }

    /// <summary>The token, session or member that changed.</summary>
    public Guid SubjectId { get; init; }

    public DateTimeOffset At { get; init; }
}

/// <summary>What changed. Stored by number; the numbers never change meaning.</summary>
public enum ChangeKind
{
    Token = 1,
    SessionEnded = 2,
    Member = 3,
    Tenant = 4,
    EncryptionKey = 5,
    Policy = 6,
    LoginAttempt = 7,
    ServiceToken = 8,
    SessionStarted = 9,

    /// <summary>
    /// Of a token, what no decision about a request of the next hour depends on: its name, its holder, a predecessor's later end. An
    /// instance that has not read it yet goes on deciding by what it knows, also while the database is unavailable.
    /// </summary>
    TokenDetails = 10,
}

/// <summary>A named number that only grows, advanced under its row's lock.</summary>
public sealed class Counter
{
    /// <summary>The counter behind <see cref="Change.Number"/>.</summary>
    public const string Changes = "changes";

    public required string Name { get; init; }

    public long Value { get; set; }
}

internal sealed class ChangeConfiguration : IEntityTypeConfiguration<Change>, IEntityTypeConfiguration<Counter>
{
    public void Configure(EntityTypeBuilder<Change> builder)
    {
        builder.ToTable("Changes");
        builder.HasKey(change => change.Number);
        builder.Property(change => change.Number).ValueGeneratedNever();
        builder.HasIndex(change => change.At);
    }

    public void Configure(EntityTypeBuilder<Counter> builder)
    {
        builder.ToTable("Counters");
        builder.HasKey(counter => counter.Name);
        builder.Property(counter => counter.Name).HasMaxLength(40);
        builder.HasData(new Counter { Name = Counter.Changes, Value = 0 });
    }
}

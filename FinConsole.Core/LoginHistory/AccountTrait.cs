using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FinConsole.Core.LoginHistory;

/// <summary>
/// Something that an account's sign-ins have shown: an address, a device, an hour of the day. Learnt from those that succeeded, one
/// row a value, so that an account's past is read in one look, however long it is.
/// </summary>
public sealed class AccountTrait : ITenantOwned
{
    public Guid TenantId { get; init; }

    public Guid MemberId { get; init; }

    public TraitKind Kind { get; init; }

    /// <summary>For an hour "0" to "23" in the account's own time zone.</summary>
    public required string Value { get; init; }

    /// <summary>How many sign-ins showed it.</summary>
    public int SignIns { get; set; }

    /// <summary>The attempt that showed it first: when that one turns out to be somebody else's, what it taught is forgotten.</summary>
    public long FirstAttemptId { get; init; }

    /// <summary>Since when, without a pause of 90 days.</summary>
    public DateTimeOffset Since { get; set; }

    public DateTimeOffset LastAt { get; set; }
}

/// <summary>Stored by number; the numbers never change meaning.</summary>
public enum TraitKind
{
    Ip = 1,
    Network = 2,
    Country = 3,
    Device = 4,
    Hour = 5,
}

internal sealed class AccountTraitConfiguration : IEntityTypeConfiguration<AccountTrait>
{
    public void Configure(EntityTypeBuilder<AccountTrait> builder)
    {
        builder.ToTable("AccountTraits");
        builder.HasKey(trait => new { trait.TenantId, trait.MemberId, trait.Kind, trait.Value });
        builder.Property(trait => trait.Value).HasMaxLength(80);
        builder.HasIndex(trait => new { trait.TenantId, trait.LastAt });
    }
}

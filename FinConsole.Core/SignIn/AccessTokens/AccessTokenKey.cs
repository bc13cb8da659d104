using FinConsole.Core.Data.KeyRing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FinConsole.Core.SignIn.AccessTokens;

/// <summary>
/// One of the installation's keys (P-256) that sign access tokens. It is published from its making on, signs for thirty days, loses
/// its private part, and stays published until the last token that it signed has expired.
/// </summary>
internal sealed class AccessTokenKey
{
    public static readonly TimeSpan SignsFor = TimeSpan.FromDays(30);

    /// <summary>Others may keep the published set for a while: the next key stands in it for so long before it signs.</summary>
    public static readonly TimeSpan PublishedAhead = TimeSpan.FromDays(2);

    /// <summary>An access token's hour, and as much again for clocks that differ.</summary>
    public static readonly TimeSpan PublishedAfter = IssuedAccess.Life * 2;

    /// <summary>The <c>kid</c>.</summary>
    public Guid Id { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Unique: however many instances make the next key, there is one.</summary>
    public DateTimeOffset SignsFrom { get; init; }

    /// <summary>SubjectPublicKeyInfo, DER.</summary>
    public required byte[] PublicKey { get; init; }

    /// <summary>PKCS#8, encrypted under the Data Protection ring; null once it signs no more.</summary>
    public byte[]? PrivateKey { get; set; }

    /// <summary>Says that this installation wrote the row (<see cref="AccessTokenKeySeal"/>); null on rows from before the seals.</summary>
    public byte[]? Seal { get; set; }

    public DateTimeOffset SignsUntil => SignsFrom + SignsFor;

    public DateTimeOffset PublishedUntil => SignsUntil + PublishedAfter;
}

internal sealed class AccessTokenKeyConfiguration : IEntityTypeConfiguration<AccessTokenKey>
{
    public void Configure(EntityTypeBuilder<AccessTokenKey> builder)
    {
        builder.ToTable("AccessTokenKeys");
        builder.Property(key => key.Id).ValueGeneratedNever();
        builder.Property(key => key.Seal).HasMaxLength(RowSeal.Length).IsFixedLength();
        builder.HasIndex(key => key.SignsFrom).IsUnique();
        builder.Ignore(key => key.SignsUntil);
        builder.Ignore(key => key.PublishedUntil);
    }
}

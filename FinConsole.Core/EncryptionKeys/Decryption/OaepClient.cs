using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FinConsole.Core.EncryptionKeys.Decryption;

/// <summary>How a ciphertext came here. Stored by number; the numbers never change meaning.</summary>
public enum OaepSender
{
    /// <summary>In a payload that one of the company's own servers had decrypted; its service token has a name.</summary>
    Service = 1,

    /// <summary>From a member's program that had shown who it is.</summary>
    Member = 2,

    /// <summary>From somebody who tried to sign in and did not: anybody may have sent it.</summary>
    SignIn = 3,
}

/// <summary>A client that encrypts with other digests than the guide's, so that somebody can go and fix it: one row for each pair of digests.</summary>
public sealed class OaepClient : ITenantOwned
{
    public const int LongestName = 200;

    public Guid TenantId { get; init; }

    public OaepSender Sender { get; init; }

    /// <summary>The service token's name, or what the client calls itself (its user agent).</summary>
    public required string Name { get; init; }

    public OaepDigest Hash { get; init; }

    public OaepDigest Mgf1 { get; init; }

    /// <summary>Whose program it was when it was last seen; null for a service.</summary>
    public string? Account { get; set; }

    /// <summary>From where it was last seen.</summary>
    public string? Ip { get; set; }

    public DateTimeOffset FirstSeenAt { get; init; }

    public DateTimeOffset LastSeenAt { get; set; }

    /// <summary>How many fields it sent so.</summary>
    public long Fields { get; set; }
}

internal sealed class OaepClientConfiguration : IEntityTypeConfiguration<OaepClient>
{
    private const int LongestAddress = 45;

    public void Configure(EntityTypeBuilder<OaepClient> builder)
    {
        builder.ToTable("OaepClients");
        builder.HasKey(client => new { client.TenantId, client.Sender, client.Name, client.Hash, client.Mgf1 });
        builder.Property(client => client.Name).HasMaxLength(OaepClient.LongestName);
        builder.Property(client => client.Account).HasMaxLength(ConsoleUser.LongestEmail);
        builder.Property(client => client.Ip).HasMaxLength(LongestAddress);
        builder.HasOne<Tenant>().WithMany().HasForeignKey(client => client.TenantId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(client => new { client.TenantId, client.LastSeenAt });
    }
}

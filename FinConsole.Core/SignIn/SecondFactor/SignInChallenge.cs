using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FinConsole.Core.SignIn.SecondFactor;

/// <summary>
/// A sign-in between its password and its second factor. The browser holds a secret for it in a cookie; here lies only the hash.
/// It opens one session, within five minutes, and dies with the password that it was begun with.
/// </summary>
public sealed class SignInChallenge : ITenantOwned
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    public Guid Id { get; init; }

    public Guid TenantId { get; init; }

    public Guid MemberId { get; init; }

    /// <summary>SHA-256 of the secret in the cookie.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>The account's security stamp as the password was checked.</summary>
    public string? Stamp { get; init; }

    /// <summary>The row in login history that says "password right, second factor awaited", which the second factor turns into the sign-in.</summary>
    public long AttemptId { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? SpentAt { get; set; }
}

internal sealed class SignInChallengeConfiguration : IEntityTypeConfiguration<SignInChallenge>
{
    public void Configure(EntityTypeBuilder<SignInChallenge> builder)
    {
        builder.ToTable("SignInChallenges");
        builder.Property(challenge => challenge.Id).ValueGeneratedNever();
        builder.Property(challenge => challenge.Hash).HasMaxLength(32).IsFixedLength();
        builder.Property(challenge => challenge.Stamp).HasMaxLength(64);
        builder.HasOne<ConsoleUser>().WithMany().HasForeignKey(challenge => new { challenge.TenantId, challenge.MemberId })
            .HasPrincipalKey(user => new { user.TenantId, user.Id }).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(challenge => challenge.Hash).IsUnique();
        builder.HasIndex(challenge => new { challenge.TenantId, challenge.MemberId });
    }
}

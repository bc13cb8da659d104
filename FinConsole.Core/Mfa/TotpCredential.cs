using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FinConsole.Core.Mfa;

/// <summary>
/// The authenticator app of a member: in force once it was confirmed with a code, and until then beside the one in force, which
/// it does not touch. A member has at most one of each.
/// </summary>
public sealed class TotpCredential : ITenantOwned
{
    public Guid Id { get; init; }

    public Guid TenantId { get; init; }

    public Guid MemberId { get; init; }

    /// <summary>False while it waits for its first code.</summary>
    public bool Confirmed { get; set; }

    /// <summary>The shared secret, encrypted under the Data Protection ring for this tenant and id.</summary>
    public required byte[] Secret { get; init; }

    /// <summary>The last time step (RFC 6238 §4.2, 30 s since 1970) whose code was accepted; later ones alone are.</summary>
    public long LastStep { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
}

internal sealed class TotpCredentialConfiguration : IEntityTypeConfiguration<TotpCredential>
{
    public void Configure(EntityTypeBuilder<TotpCredential> builder)
    {
        builder.ToTable("TotpCredentials");
        builder.Property(credential => credential.Id).ValueGeneratedNever();
        builder.HasOne<ConsoleUser>().WithMany().HasForeignKey(credential => new { credential.TenantId, credential.MemberId })
            .HasPrincipalKey(user => new { user.TenantId, user.Id }).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(credential => new { credential.TenantId, credential.MemberId, credential.Confirmed }).IsUnique();
    }
}

using System.Text.Json.Serialization;
using FinConsole.Core.Tenants;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FinConsole.Core.Members;

/// <summary>A member of one tenant: an ASP.NET Core Identity user with one role. The address is unique across tenants, as it signs in.</summary>
public sealed class ConsoleUser : IdentityUser<Guid>, ITenantOwned
{
    public const int LongestName = 80;

    /// <summary>RFC 5321: 64 octets, an at sign, 255 octets, less the angle brackets.</summary>
    public const int LongestEmail = 254;

    public Guid TenantId { get; init; }

    public required string DisplayName { get; set; }

    public Role Role { get; set; }

    /// <summary>IANA id, for example <c>Europe/Berlin</c>; null follows the browser.</summary>
    public string? TimeZone { get; set; }

    public ThemeChoice Theme { get; set; }

    /// <summary>The setup checklist is hidden from this member.</summary>
    public bool ChecklistDismissed { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DeactivatedAt { get; set; }

    public DateTimeOffset? PasswordChangedAt { get; set; }

    /// <summary>Somebody who looks after the tenant's safety asked for a new password: the present one signs in no more.</summary>
    public bool MustResetPassword { get; set; }

    /// <summary>When the last full sign-in succeeded.</summary>
    public DateTimeOffset? LastSignInAt { get; set; }
}

/// <summary>Light or dark, or as the operating system says. Stored by number.</summary>
public enum ThemeChoice
{
    [JsonStringEnumMemberName("System")]
    System = 0,
    [JsonStringEnumMemberName("Light")]
    Light = 1,
    [JsonStringEnumMemberName("Dark")]
    Dark = 2,
}

internal sealed class ConsoleUserConfiguration : IEntityTypeConfiguration<ConsoleUser>
{
    public void Configure(EntityTypeBuilder<ConsoleUser> builder)
    {
        builder.Property(user => user.Id).ValueGeneratedNever();
        builder.Property(user => user.DisplayName).HasMaxLength(ConsoleUser.LongestName);
        builder.Property(user => user.TimeZone).HasMaxLength(64);
        builder.HasAlternateKey(user => new { user.TenantId, user.Id });
        builder.HasOne<Tenant>().WithMany().HasForeignKey(user => user.TenantId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(user => user.NormalizedEmail).HasDatabaseName("EmailIndex").IsUnique();

        // One index for each order of the member list.
        builder.HasIndex(user => new { user.TenantId, user.DisplayName, user.Id });
        builder.HasIndex(user => new { user.TenantId, user.CreatedAt, user.Id });
        builder.HasIndex(user => new { user.TenantId, user.LastSignInAt, user.Id });
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FinConsole.Core.Tenants;

/// <summary>A customer of the financial API.</summary>
public sealed class Tenant
{
    public const int LongestName = 80;
    public const int LongestDomain = 253;

    /// <summary>security.md, "Signing in".</summary>
    public const int DefaultSessionIdleMinutes = 30;
    public const int DefaultSessionHours = 12;

    /// <summary>The owner of what belongs to no tenant: the operator's own audit log and attempts on unknown accounts.</summary>
    public static readonly Guid Operator = Guid.Empty;

    public Guid Id { get; init; }

    public required string Name { get; set; }

    /// <summary>The name folded for comparison; unique.</summary>
    public required string NameKey { get; set; }

    /// <summary>The mail domain of its people, lower case, for example <c>acme.example</c>; attempts on unknown accounts of it are shown to this tenant.</summary>
    public string? Domain { get; set; }

    /// <summary>
    /// Whether members without a second factor may do nothing but set one up. Policy, but kept on this row, which every check of a
    /// right reads anyway.
    /// </summary>
    public bool RequiresMfa { get; set; }

    /// <summary>After how many minutes without activity a session ends; 5 to 60. Here for the same reason.</summary>
    public int SessionIdleMinutes { get; set; } = DefaultSessionIdleMinutes;

    /// <summary>After how many hours a session ends however busy it is; 1 to 24.</summary>
    public int SessionHours { get; set; } = DefaultSessionHours;

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Since when all access of it is over; null while it is open.</summary>
    public DateTimeOffset? ClosedAt { get; set; }
}

internal sealed class TenantConfiguration : IEntityTypeConfiguration<Tenant>
{
    public void Configure(EntityTypeBuilder<Tenant> builder)
    {
        builder.ToTable("Tenants");
        builder.Property(tenant => tenant.Id).ValueGeneratedNever();
        builder.Property(tenant => tenant.Name).HasMaxLength(Tenant.LongestName);
        builder.Property(tenant => tenant.NameKey).HasMaxLength(Tenant.LongestName);
        builder.Property(tenant => tenant.Domain).HasMaxLength(Tenant.LongestDomain);
        builder.Property(tenant => tenant.SessionIdleMinutes).HasDefaultValue(Tenant.DefaultSessionIdleMinutes);
        builder.Property(tenant => tenant.SessionHours).HasDefaultValue(Tenant.DefaultSessionHours);
        builder.HasIndex(tenant => tenant.NameKey).IsUnique();
        builder.HasIndex(tenant => tenant.Domain);
    }
}

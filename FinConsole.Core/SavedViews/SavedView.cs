using System.Text.Json.Serialization;
using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FinConsole.Core.SavedViews;

/// <summary>A list that has saved views. Stored by number; the numbers never change meaning.</summary>
public enum SavedViewList
{
    [JsonStringEnumMemberName("AuditLog")]
    AuditLog = 1,
    [JsonStringEnumMemberName("LoginHistory")]
    LoginHistory = 2,
}

/// <summary>
/// The filters of a list under a name: a member's own, or shared with the whole tenant. It holds what the list's address holds and no more,
/// so that a relative period stays relative and opening a view is following a link.
/// </summary>
public sealed class SavedView : ITenantOwned
{
    /// <summary>In characters.</summary>
    public const int LongestName = 80;

    /// <summary>In characters, as the address has it.</summary>
    public const int LongestQuery = 4000;

    /// <summary>How many a member may have of one list, and how many a tenant may share of it.</summary>
    public const int Most = 50;

    public Guid Id { get; init; }

    public Guid TenantId { get; init; }

    public SavedViewList List { get; init; }

    /// <summary>Whose it is; null for one that the tenant shares.</summary>
    public Guid? OwnerId { get; init; }

    public required string Name { get; set; }

    /// <summary>The name in lower case, by which it is unique.</summary>
    public required string NameKey { get; set; }

    /// <summary>The filters as a query string, without its question mark.</summary>
    public required string Query { get; set; }

    /// <summary>The author's address at the time.</summary>
    public required string SavedBy { get; set; }

    public DateTimeOffset SavedAt { get; set; }
}

internal sealed class SavedViewConfiguration : IEntityTypeConfiguration<SavedView>
{
    public void Configure(EntityTypeBuilder<SavedView> builder)
    {
        builder.ToTable("SavedViews");
        builder.Property(view => view.Id).ValueGeneratedNever();
        builder.Property(view => view.Name).HasMaxLength(SavedView.LongestName);
        builder.Property(view => view.NameKey).HasMaxLength(SavedView.LongestName);
        builder.Property(view => view.Query).HasMaxLength(SavedView.LongestQuery);
        builder.Property(view => view.SavedBy).HasMaxLength(ConsoleUser.LongestEmail);
        builder.HasOne<Tenant>().WithMany().HasForeignKey(view => view.TenantId).OnDelete(DeleteBehavior.Restrict);

        // A member's own views go with the member.
        builder.HasOne<ConsoleUser>().WithMany().HasForeignKey(view => new { view.TenantId, view.OwnerId })
            .HasPrincipalKey(user => new { user.TenantId, user.Id }).OnDelete(DeleteBehavior.Cascade);

        // The last word on unique names. An index with a null in it holds nothing on two of the databases, so shared views have their own.
        // Quoted so that all three read the filter.
        builder.HasIndex(view => new { view.TenantId, view.OwnerId, view.List, view.NameKey }).IsUnique().HasDatabaseName("IX_SavedViews_OwnName");
        builder.HasIndex(view => new { view.TenantId, view.List, view.NameKey }).IsUnique().HasDatabaseName("IX_SavedViews_SharedName")
            .HasFilter("\"OwnerId\" IS NULL");
    }
}

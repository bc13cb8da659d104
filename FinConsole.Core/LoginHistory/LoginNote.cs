using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FinConsole.Core.LoginHistory;

/// <summary>What somebody wrote beside an attempt. Notes are added, never changed.</summary>
public sealed class LoginNote : ITenantOwned
{
    public const int LongestText = 500;

    public long Id { get; init; }

    public Guid TenantId { get; init; }

    public long AttemptId { get; init; }

    /// <summary>The author's address at the time.</summary>
    public required string Author { get; init; }

    public DateTimeOffset At { get; init; }

    public required string Text { get; init; }
}

internal sealed class LoginNoteConfiguration : IEntityTypeConfiguration<LoginNote>
{
    public void Configure(EntityTypeBuilder<LoginNote> builder)
    {
        builder.ToTable("LoginNotes");
        builder.Property(note => note.Author).HasMaxLength(ConsoleUser.LongestEmail);
        builder.Property(note => note.Text).HasMaxLength(LoginNote.LongestText);
        builder.HasIndex(note => new { note.TenantId, note.AttemptId, note.Id });
    }
}

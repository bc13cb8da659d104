using System.Text.Json.Serialization;
using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FinConsole.Core.Members;

/// <summary>One sign-in of a member on one device, or by one program. The cookie or the access token names it; the row decides whether it lives.</summary>
public sealed class MemberSession : ITenantOwned
{
    /// <summary>How long a confirmation of who sits there counts (product.md: 5 minutes).</summary>
    public static readonly TimeSpan ConfirmationLife = TimeSpan.FromMinutes(5);

    /// <summary>How long a program stays signed in (security.md: refresh tokens, absolute life 30 days).</summary>
    public static readonly TimeSpan ProgramLife = TimeSpan.FromDays(30);

    public Guid Id { get; init; }

    public Guid TenantId { get; init; }

    public Guid MemberId { get; init; }

    public SessionKind Kind { get; init; } = SessionKind.Browser;

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset LastSeenAt { get; set; }

    /// <summary>
    /// When its cookie ends, by the limit of the day on which it began. A shorter limit since then ends it earlier: <see cref="SessionLimits"/>.
    /// A program's ends <see cref="ProgramLife"/> after it began, whatever the limits of browsers are.
    /// </summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When the member last showed who they are, with everything that their account asks for: at sign-in, or by a step-up.</summary>
    public DateTimeOffset ConfirmedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public SessionEnd? EndReason { get; set; }

    public string? Ip { get; init; }

    /// <summary>Browser family and operating system, for example "Firefox on Linux".</summary>
    public string? Device { get; init; }
}

/// <summary>Who sits at the other end. Stored by number; the numbers never change meaning.</summary>
public enum SessionKind
{
    [JsonStringEnumMemberName("Browser")]
    Browser = 1,

    /// <summary>A program that signed in by the API: it holds a refresh token and short-lived access tokens, no cookie.</summary>
    [JsonStringEnumMemberName("Program")]
    Program = 2,
}

/// <summary>Why a session ended. Stored by number; the numbers never change meaning.</summary>
public enum SessionEnd
{
    [JsonStringEnumMemberName("SignedOut")]
    SignedOut = 1,
    [JsonStringEnumMemberName("EndedByMember")]
    EndedByMember = 2,
    [JsonStringEnumMemberName("PasswordChanged")]
    PasswordChanged = 3,
    [JsonStringEnumMemberName("MfaChanged")]
    MfaChanged = 4,
    [JsonStringEnumMemberName("RoleChanged")]
    RoleChanged = 5,
    [JsonStringEnumMemberName("Deactivated")]
    Deactivated = 6,
    [JsonStringEnumMemberName("TenantClosed")]
    TenantClosed = 7,
    [JsonStringEnumMemberName("EndedByReviewer")]
    EndedByReviewer = 8,
    [JsonStringEnumMemberName("Replaced")]
    Replaced = 9,

    /// <summary>The tenant changed how long sessions may live.</summary>
    [JsonStringEnumMemberName("LimitChanged")]
    LimitChanged = 10,

    /// <summary>A refresh token came back after its successor had been used: two hold what one was given.</summary>
    [JsonStringEnumMemberName("RefreshReused")]
    RefreshReused = 11,
}

internal sealed class MemberSessionConfiguration : IEntityTypeConfiguration<MemberSession>
{
    public void Configure(EntityTypeBuilder<MemberSession> builder)
    {
        builder.ToTable("MemberSessions");
        builder.Property(session => session.Id).ValueGeneratedNever();
        builder.Property(session => session.Kind).HasDefaultValue(SessionKind.Browser).HasSentinel(SessionKind.Browser);
        builder.Property(session => session.Ip).HasMaxLength(45);
        builder.Property(session => session.Device).HasMaxLength(80);
        builder.HasAlternateKey(session => new { session.TenantId, session.Id });
        builder.HasOne<ConsoleUser>().WithMany().HasForeignKey(session => new { session.TenantId, session.MemberId })
            .HasPrincipalKey(user => new { user.TenantId, user.Id }).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(session => new { session.TenantId, session.MemberId, session.EndedAt });
    }
}

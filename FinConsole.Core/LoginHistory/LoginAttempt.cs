using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FinConsole.Core.LoginHistory;

/// <summary>One try to get in, however it ended. Tries on accounts that do not exist belong to the tenant of their mail domain, or to the operator.</summary>
public sealed class LoginAttempt : ITenantOwned
{
    /// <summary>Grows with time; the keyset of every list.</summary>
    public long Id { get; init; }

    public Guid TenantId { get; init; }

    /// <summary>Null for an unknown account.</summary>
    public Guid? MemberId { get; init; }

    /// <summary>The account's address, or what was typed, cut to 254 characters.</summary>
    public required string Account { get; init; }

    public WayIn Way { get; init; }

    public LoginOutcome Outcome { get; init; }

    public DateTimeOffset At { get; init; }

    public string? Ip { get; init; }

    public string? UserAgent { get; init; }

    /// <summary>Browser family and operating system, nothing finer: a new version is not a new device.</summary>
    public string? Device { get; init; }

    public Guid? SessionId { get; init; }

    public required string CorrelationId { get; init; }
}

/// <summary>Through which door. Stored by number; the numbers never change meaning.</summary>
public enum WayIn
{
    Console = 1,
    Api = 2,

    /// <summary>The cashier's credentials, typed to make or rotate a token.</summary>
    CashierCheck = 3,
    Refresh = 4,

    /// <summary>A member confirming who they are while signed in.</summary>
    StepUp = 5,
}

/// <summary>How a try ended. Stored by number; the numbers never change meaning.</summary>
public enum LoginOutcome
{
    Success = 1,
    WrongPassword = 2,
    UnknownAccount = 3,
    Locked = 4,
    Deactivated = 5,
    MfaRequired = 6,
    MfaPassed = 7,
    MfaFailed = 8,
    RecoveryCodeUsed = 9,
    SignedOut = 10,

    /// <summary>The right password of an account whose role may not be used here, for example an admin named as a cashier.</summary>
    WrongRole = 11,
}

internal sealed class LoginAttemptConfiguration : IEntityTypeConfiguration<LoginAttempt>
{
    public void Configure(EntityTypeBuilder<LoginAttempt> builder)
    {
        builder.ToTable("LoginAttempts");
        builder.Property(attempt => attempt.Account).HasMaxLength(ConsoleUser.LongestEmail);
        builder.Property(attempt => attempt.Ip).HasMaxLength(45);
        builder.Property(attempt => attempt.UserAgent).HasMaxLength(RequestOrigin.LongestUserAgent);
        builder.Property(attempt => attempt.Device).HasMaxLength(80);
        builder.Property(attempt => attempt.CorrelationId).HasMaxLength(64);
        builder.HasIndex(attempt => new { attempt.TenantId, attempt.Id });
        builder.HasIndex(attempt => new { attempt.TenantId, attempt.MemberId, attempt.Id });
        builder.HasIndex(attempt => new { attempt.TenantId, attempt.Ip, attempt.Id });
        builder.HasIndex(attempt => new { attempt.TenantId, attempt.At });
    }
}

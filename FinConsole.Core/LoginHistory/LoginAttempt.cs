using System.Text.Json.Serialization;
using FinConsole.Core.Members;
using FinConsole.Core.Policies;
using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FinConsole.Core.LoginHistory;

/// <summary>One try to get in, however it ended. Tries on accounts that do not exist belong to the tenant of their mail domain, or to the operator.</summary>
public sealed class LoginAttempt : ITenantOwned
{
    /// <summary>In the order of writing; the tie-break of every list, whose order is time.</summary>
    public long Id { get; init; }

    public Guid TenantId { get; init; }

    /// <summary>Null for an unknown account.</summary>
    public Guid? MemberId { get; init; }

    /// <summary>The account's address, or what was typed, cut to 254 characters.</summary>
    public required string Account { get; init; }

    public SignInChannel Way { get; init; }

    public LoginOutcome Outcome { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>When the second factor finished what the password began on this row; null for all others.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    public string? Ip { get; init; }

    public string? UserAgent { get; init; }

    /// <summary>Browser family and operating system, nothing finer: a new version is not a new device.</summary>
    public string? Device { get; init; }

    public Guid? SessionId { get; init; }

    public required string CorrelationId { get; init; }

    /// <summary>The address' /24 or /48, as CIDR.</summary>
    public string? Network { get; init; }

    /// <summary>Two letters, ISO 3166-1; null where nobody knows, or none can be told of the address.</summary>
    public string? Country { get; init; }

    /// <summary>The token that was presented, where it was one and not a password.</summary>
    public Guid? TokenId { get; init; }

    /// <summary>How suspicious; null until the row was looked at, which is a moment after it was written.</summary>
    public RiskLevel? Level { get; set; }

    /// <summary>0 to 100: the weights of <see cref="Flagged"/>, by the policy of the moment. Kept with the row, never computed anew silently.</summary>
    public int Score { get; set; }

    /// <summary>What speaks against it.</summary>
    public RiskReasons Flagged { get; set; }

    /// <summary>What could not be told.</summary>
    public RiskReasons Undecided { get; set; }

    /// <summary>What the rules saw, in their own short words: <c>FailuresBefore=4;ImpossibleTravel=PT,BR,40</c>.</summary>
    public string? Evidence { get; set; }

    /// <summary>What a person said of it.</summary>
    public LoginMark? Mark { get; set; }

    public string? MarkedBy { get; set; }

    public DateTimeOffset? MarkedAt { get; set; }
}

/// <summary>Whether it was the account's owner. Stored by number; the numbers never change meaning.</summary>
public enum LoginMark
{
    [JsonStringEnumMemberName("ThisWasMe")]
    ThisWasMe = 1,
    [JsonStringEnumMemberName("NotMe")]
    NotMe = 2,
}

/// <summary>Through which door. Stored by number; the numbers never change meaning.</summary>
public enum SignInChannel
{
    Console = 1,
    Api = 2,

    /// <summary>The cashier's credentials, typed to make or rotate a token.</summary>
    CashierCheck = 3,
    Refresh = 4,

    /// <summary>A member confirming who they are while signed in.</summary>
    StepUp = 5,
}

/// <summary>What outcomes mean to those who evaluate them.</summary>
public static class LoginOutcomes
{
    /// <summary>Outcomes of a try that got in.</summary>
    public static readonly IReadOnlyList<LoginOutcome> Successes = [LoginOutcome.Success, LoginOutcome.MfaPassed, LoginOutcome.RecoveryCodeUsed];

    /// <summary>Outcomes of a try that did not; a password whose second factor is still awaited is neither, and so is a sign-out.</summary>
    public static readonly IReadOnlyList<LoginOutcome> Failures =
    [
        LoginOutcome.WrongPassword, LoginOutcome.UnknownAccount, LoginOutcome.Locked, LoginOutcome.Deactivated, LoginOutcome.MfaFailed, LoginOutcome.WrongRole,
        LoginOutcome.ResetRequired, LoginOutcome.RetiredToken, LoginOutcome.SessionOver, LoginOutcome.RefreshReused,
        LoginOutcome.Undecryptable, LoginOutcome.Unencrypted,
    ];

    public static bool IsSuccess(this LoginOutcome outcome) => Successes.Contains(outcome);

    public static bool IsFailure(this LoginOutcome outcome) => Failures.Contains(outcome);
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

    /// <summary>The right password of an account whose owner has been asked to choose a new one.</summary>
    ResetRequired = 12,

    /// <summary>A token that has ended was presented.</summary>
    RetiredToken = 13,

    /// <summary>A program's refresh token after its session had ended.</summary>
    SessionOver = 14,

    /// <summary>A program's refresh token after its successor had been used: somebody else may hold it.</summary>
    RefreshReused = 15,

    /// <summary>A program's encrypted password or code that no key of the tenant opens. It is no guess, and counts towards no lockout.</summary>
    Undecryptable = 16,

    /// <summary>A program's right password, or a code beside one, in plaintext where the policy demands encryption. It counts towards no lockout.</summary>
    Unencrypted = 17,
}

internal sealed class LoginAttemptConfiguration : IEntityTypeConfiguration<LoginAttempt>
{
    private const int LongestEvidence = 200;

    public void Configure(EntityTypeBuilder<LoginAttempt> builder)
    {
        builder.ToTable("LoginAttempts");
        builder.Property(attempt => attempt.Account).HasMaxLength(ConsoleUser.LongestEmail);
        builder.Property(attempt => attempt.Ip).HasMaxLength(45);
        builder.Property(attempt => attempt.UserAgent).HasMaxLength(RequestOrigin.LongestUserAgent);
        builder.Property(attempt => attempt.Device).HasMaxLength(80);
        builder.Property(attempt => attempt.CorrelationId).HasMaxLength(64);
        builder.Property(attempt => attempt.Network).HasMaxLength(43);
        builder.Property(attempt => attempt.Country).HasMaxLength(2);
        builder.Property(attempt => attempt.Evidence).HasMaxLength(LongestEvidence);
        builder.Property(attempt => attempt.MarkedBy).HasMaxLength(ConsoleUser.LongestEmail);

        // One index for each filter of the list, each in the list's order.
        builder.HasIndex(attempt => new { attempt.TenantId, attempt.At, attempt.Id });
        builder.HasIndex(attempt => new { attempt.TenantId, attempt.Account, attempt.At, attempt.Id });
        builder.HasIndex(attempt => new { attempt.TenantId, attempt.Ip, attempt.At, attempt.Id });
        builder.HasIndex(attempt => new { attempt.TenantId, attempt.Network, attempt.At, attempt.Id });
        builder.HasIndex(attempt => new { attempt.TenantId, attempt.Country, attempt.At, attempt.Id });
        builder.HasIndex(attempt => new { attempt.TenantId, attempt.Outcome, attempt.At, attempt.Id });
        builder.HasIndex(attempt => new { attempt.TenantId, attempt.At, attempt.Id }, "IX_LoginAttempts_Suspicious").HasFilter("\"Level\" >= 2");

        // Replay counts those in which anything was found, without their rows.
        builder.HasIndex(attempt => new { attempt.TenantId, attempt.At, attempt.Id, attempt.Flagged, attempt.Level }, "IX_LoginAttempts_Flagged").HasFilter("\"Flagged\" <> 0");

        // An account's past, and what waits to be looked at.
        builder.HasIndex(attempt => new { attempt.TenantId, attempt.MemberId, attempt.At, attempt.Id });
        builder.HasIndex(attempt => attempt.Id, "IX_LoginAttempts_Waiting").HasFilter("\"Level\" IS NULL");
    }
}

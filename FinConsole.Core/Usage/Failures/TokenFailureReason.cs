using System.Text.Json.Serialization;

namespace FinConsole.Core.Usage.Failures;

/// <summary>Why a token that is known was refused. Stored by number; the numbers never change meaning.</summary>
public enum TokenFailureReason
{
    /// <summary>Invalidated, retired, void or expired.</summary>
    [JsonStringEnumMemberName("Ended")]
    Ended = 1,

    [JsonStringEnumMemberName("Disabled")]
    Disabled = 2,

    /// <summary>Nobody has said yet that they saved it.</summary>
    [JsonStringEnumMemberName("Pending")]
    Pending = 3,

    /// <summary>The caller's address is not in its allowlist.</summary>
    [JsonStringEnumMemberName("IpNotAllowed")]
    IpNotAllowed = 4,

    /// <summary>It lacks the scope.</summary>
    [JsonStringEnumMemberName("ScopeMissing")]
    ScopeMissing = 5,

    /// <summary>The account that it acts as is deactivated, or no cashier any more.</summary>
    [JsonStringEnumMemberName("CashierInactive")]
    CashierInactive = 6,

    [JsonStringEnumMemberName("TenantClosed")]
    TenantClosed = 7,

    /// <summary>The route is for members, or for the operator's own servers.</summary>
    [JsonStringEnumMemberName("NotForTokens")]
    NotForTokens = 8,
}

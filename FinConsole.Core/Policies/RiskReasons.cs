namespace FinConsole.Core.Policies;

/// <summary>What may speak against a sign-in (product.md, "Login history"). Stored as bits; a bit never changes meaning.</summary>
[Flags]
public enum RiskReasons
{
    None = 0,
    NewIp = 1,
    NewNetwork = 2,
    NewCountry = 4,
    ImpossibleTravel = 8,
    NewDevice = 16,
    UnusualHour = 32,
    FailuresBefore = 64,
    ManyAccountsFromOneIp = 128,
    RepeatedMfaFailures = 256,
    RetiredTokenUsed = 512,
}

/// <summary>How suspicious a sign-in is. Stored by number; the numbers never change meaning.</summary>
public enum RiskLevel
{
    /// <summary>Nothing to evaluate: a sign-out.</summary>
    None = 0,
    Low = 1,

    /// <summary>From here on it counts as suspicious, and is highlighted.</summary>
    Medium = 2,
    High = 3,
}

namespace FinConsole.Core.LoginHistory.RiskRules;

/// <summary>An attempt as the rules see it: the finished row, country included.</summary>
/// <param name="At">When it ended: with a second factor, when that was given.</param>
/// <param name="Ip">Null where there is none.</param>
/// <param name="Network">Its /24 or /48.</param>
/// <param name="Country">Null where it is unknown, or cannot be told of this address.</param>
/// <param name="Device">Browser family and operating system; null where the user agent names neither.</param>
/// <param name="Hour">0 to 23 in the account's own time zone; null for an unknown account.</param>
/// <param name="Failed">Whether it was a failure.</param>
/// <param name="FailedAtMfa">Of the second factor.</param>
/// <param name="Token">Whether a token was presented, and how it stands.</param>
/// <param name="OnAccount">Whether it was on an account, known or not; a token alone is none.</param>
public sealed record AttemptFacts(
    DateTimeOffset At, string? Ip, string? Network, string? Country, string? Device, int? Hour, bool Failed = false, bool FailedAtMfa = false,
    TokenStanding Token = TokenStanding.None, bool OnAccount = true);

/// <summary>How the token stood that was presented.</summary>
public enum TokenStanding
{
    /// <summary>None was: a password.</summary>
    None,
    Live,
    Retired,

    /// <summary>None of ours, or of a form that nobody can read.</summary>
    Unknown,
}

/// <summary>What was before an attempt.</summary>
/// <param name="Account">What the account's sign-ins have shown; null for an unknown account.</param>
/// <param name="FailedAccountsFromIp">How many accounts, tokens aside, failed from this address in the last ten minutes, not counting this attempt's.</param>
public sealed record AttemptPast(AccountPast? Account, int FailedAccountsFromIp);

/// <summary>What an account's successful sign-ins have shown, and how its last hour went.</summary>
/// <param name="SignIns">How many succeeded.</param>
/// <param name="KnowsIp">Whether one came from the attempt's address.</param>
/// <param name="KnowsNetwork">Or from its network.</param>
/// <param name="KnowsDevice">Or from its device.</param>
/// <param name="Countries">Where they came from.</param>
/// <param name="SignInsByHour">24 figures, by the hour in the account's time zone.</param>
/// <param name="Failures">How many attempts failed in the hour before, since the last one that succeeded.</param>
/// <param name="MfaFailures">How many of them at the second factor.</param>
public sealed record AccountPast(
    int SignIns, bool KnowsIp, bool KnowsNetwork, bool KnowsDevice, IReadOnlyList<SeenCountry> Countries, IReadOnlyList<int> SignInsByHour, int Failures, int MfaFailures)
{
    /// <summary>With fewer sign-ins than this, nothing can be called new (product.md, "Login history").</summary>
    public const int Enough = 5;

    public bool IsEnough => SignIns >= Enough;
}

/// <summary>A country that sign-ins came from.</summary>
/// <param name="SignIns">How many.</param>
/// <param name="Since">Since when, without a pause of 90 days.</param>
/// <param name="LastAt">When last.</param>
public sealed record SeenCountry(string Country, int SignIns, DateTimeOffset Since, DateTimeOffset LastAt);

using FinConsole.Core.LoginHistory.RiskRules;

namespace FinConsole.Tests.LoginHistory.RiskRules;

/// <summary>An ordinary morning: the attempt and the account's past as every rule finds them unremarkable.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public static readonly AttemptFacts Attempt = new(Now, "203.0.113.7", "203.0.113.0/24", "DE", "Firefox on Linux", 9);

    public static readonly AccountPast Account = new(
        SignIns: 40, KnowsIp: true, KnowsNetwork: true, KnowsDevice: true, Countries: [Seen("DE", 40, 300, 1)], SignInsByHour: Hours((9, 40)), Failures: 0, MfaFailures: 0);

    public static readonly AttemptPast Past = new(Account, FailedAccountsFromIp: 0);

    /// <summary>Of an address that nobody has.</summary>
    public static readonly AttemptPast Nobody = new(null, 0);

    public static AttemptPast With(Func<AccountPast, AccountPast> change) => Past with { Account = change(Account) };

    public static SeenCountry Seen(string country, int signIns, double sinceDays, double lastDays) => new(country, signIns, Now.AddDays(-sinceDays), Now.AddDays(-lastDays));

    public static int[] Hours(params (int Hour, int Count)[] counts)
    {
        var hours = new int[24];
        foreach (var (hour, count) in counts)
            hours[hour] = count;
        return hours;
    }
}

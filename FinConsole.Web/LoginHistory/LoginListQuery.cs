using System.Globalization;
using FinConsole.Core.Common;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.LoginHistory.Countries;
using FinConsole.Core.LoginHistory.Listing;
using FinConsole.Web.Components.Lists;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;
using FinConsole.Web.SavedViews;

namespace FinConsole.Web.LoginHistory;

/// <summary>Login history as its address states it, so that a view can be shared. Days are the reader's own; values it does not know are left out, and the page says so.</summary>
public sealed record LoginListQuery(bool Suspicious, string Account, string Ip, LoginOutcome? Outcome, string Country, string Period, DateOnly? From, DateOnly? To, string? Cursor)
{
    public const string SuspiciousKey = "suspicious";
    public const string AccountKey = "account";
    public const string IpKey = "ip";
    public const string OutcomeKey = "outcome";
    public const string CountryKey = "country";
    public const string PeriodKey = "period";
    public const string FromKey = "from";
    public const string ToKey = "to";
    public const string CursorKey = "before";
    public const string AttemptKey = "attempt";

    private const string DayFormat = "yyyy-MM-dd";

    public static readonly LoginListQuery All = new(false, "", "", null, "", "", null, null, null);

    private (string Key, string? Value)[] Parts =>
    [
        (SuspiciousKey, Suspicious ? "1" : null), (AccountKey, Account), (IpKey, Ip), (OutcomeKey, Word(Outcome)), (CountryKey, Country), (PeriodKey, Period), (FromKey, Write(From)), (ToKey, Write(To)),
    ];

    public bool IsUnfiltered => this with { Cursor = null } == All;

    /// <summary>How many filters are set beside "suspicious only".</summary>
    public int Filters => Parts.Count(part => part.Key != SuspiciousKey && !string.IsNullOrEmpty(part.Value));

    /// <param name="find">A value of the address by its key.</param>
    /// <param name="ignored">Takes the values that are not understood.</param>
    public static LoginListQuery Read(Func<string, string?> find, ICollection<IgnoredValue>? ignored = null)
    {
        var address = new AddressReader(ignored);
        return new LoginListQuery(
            address.Flag(SuspiciousKey, find(SuspiciousKey)),
            find(AccountKey)?.Trim() ?? "",
            find(IpKey)?.Trim() ?? "",
            address.Word(OutcomeKey, find(OutcomeKey), LoginApiValues.Outcomes),
            find(CountryKey)?.Trim() ?? "",
            ReadPeriod(address, find(PeriodKey)),
            address.Day(FromKey, find(FromKey)),
            address.Day(ToKey, find(ToKey)),
            address.Cursor(CursorKey, find(CursorKey)));
    }

    /// <summary>What is wrong with one filter of an address; null for nothing.</summary>
    public static string? FaultOf(string name, string value)
    {
        var ignored = new List<IgnoredValue>();
        Read(key => key == name ? value : null, ignored);
        return ignored.Count == 0 ? null : ViewedList.Unreadable(name, value);
    }

    /// <summary>The filter as the address states it, without the page: what the audit log keeps of an export.</summary>
    public string ToQueryString() =>
        string.Join('&', Parts.Where(part => !string.IsNullOrEmpty(part.Value)).Select(part => $"{part.Key}={Uri.EscapeDataString(part.Value!)}"));

    /// <summary>The same with one filter changed, from its first page on. A period takes the place of a range of days.</summary>
    /// <param name="key">Of the address.</param>
    /// <param name="value">Null takes the filter away.</param>
    public LoginListQuery With(string key, string? value) =>
        (key == PeriodKey ? this with { From = null, To = null } : this).Replace((key, value is null ? null : SecretText.Mask(value)));

    /// <summary>The same between two days, from its first page on; null is an open end. They take the place of a period.</summary>
    public LoginListQuery Between(string? from, string? to) => Replace((PeriodKey, null), (FromKey, from), (ToKey, to));

    public LoginFilter ToFilter(UserClock clock) => new(
        Account.Length == 0 ? null : Account,
        Outcome,
        Ip.Length == 0 ? null : Ip,
        CountryCode(Country) is { Length: > 0 } code ? code : null,
        Suspicious,
        Periods.Find(Period) is { } period ? clock.Now - period.Length : From is { } from ? clock.StartOf(from) : null,
        To is { } to && to < DateOnly.MaxValue ? clock.EndOf(to) : null,
        Cursor);

    public static string? Write(DateOnly? day) => day?.ToString(DayFormat, CultureInfo.InvariantCulture);

    /// <summary>How an outcome is written in the address: "wrong-password".</summary>
    public static string Word(LoginOutcome? outcome) => outcome is { } known ? LoginApiValues.Outcomes.Of(known) : "";

    private static string ReadPeriod(AddressReader address, string? word)
    {
        if (string.IsNullOrEmpty(word))
            return "";
        if (Periods.Find(word) is { } period)
            return period.Word;
        address.Ignore(PeriodKey, word);
        return "";
    }

    private LoginListQuery Replace(params (string Key, string? Value)[] changes) =>
        Read(each => Array.Find([.. changes, .. Parts], part => part.Key == each).Value);

    // "Brazil" as well as "br"; what is neither finds nothing, rather than everything.
    private static string CountryCode(string typed) =>
        CountryNames.All.FirstOrDefault(pair => string.Equals(pair.Value, typed, StringComparison.OrdinalIgnoreCase)).Key ?? typed;
}

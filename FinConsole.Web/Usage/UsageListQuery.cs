using System.Globalization;
using FinConsole.Core.Usage.Reports;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;

namespace FinConsole.Web.Usage;

/// <summary>The usage page as its address states it, so that a view can be shared. Days are the reader's own; values it does not know are left out, and the page says so.</summary>
public sealed record UsageListQuery(string Period, DateOnly? From, DateOnly? To, UsageUnit? By, Guid? Token, string? Endpoint, string? Country)
{
    public const string PeriodKey = "period";
    public const string FromKey = "from";
    public const string ToKey = "to";
    public const string ByKey = "by";
    public const string TokenKey = "token";
    public const string EndpointKey = "endpoint";
    public const string CountryKey = "country";

    /// <summary>The period of one's own days, which <see cref="From"/> and <see cref="To"/> name.</summary>
    public const string Own = "days";

    /// <summary>How the address calls requests whose country nobody knows.</summary>
    public const string UnknownCountry = "unknown";

    private const string Usual = "7d";
    private const string DayFormat = "yyyy-MM-dd";
    private static readonly TimeSpan LongestByHour = TimeSpan.FromDays(ShowUsage.MostDaysByHour);

    private static readonly Dictionary<string, int> Hours = new() { ["24h"] = 24, [Usual] = 7 * 24, ["30d"] = 30 * 24, ["90d"] = 90 * 24 };

    public static readonly UsageListQuery All = new(Usual, null, null, null, null, null, null);

    /// <summary>The periods that end now, by their words.</summary>
    public static IEnumerable<string> Periods => Hours.Keys;

    public bool IsFiltered => Token is not null || Endpoint is not null || Country is not null;

    private (string Key, string? Value)[] Parts =>
    [
        (PeriodKey, Period is Usual or Own ? null : Period), (FromKey, Write(From)), (ToKey, Write(To)), (ByKey, By is { } by ? UsageApi.Units.Of(by) : null),
        (TokenKey, Token?.ToString("D")), (EndpointKey, Endpoint), (CountryKey, Country),
    ];

    /// <param name="find">A value of the address by its key.</param>
    /// <param name="ignored">Takes the values that are not understood.</param>
    public static UsageListQuery Read(Func<string, string?> find, ICollection<IgnoredValue>? ignored = null)
    {
        var address = new AddressReader(ignored);
        var (from, to) = (address.Day(FromKey, find(FromKey)), address.Day(ToKey, find(ToKey)));
        var backwards = to is { } end && (from is null || end < from);
        if (backwards)
            address.Ignore(ToKey, find(ToKey));
        var word = find(PeriodKey);
        if (word is not (null or "" or Own) && !Hours.ContainsKey(word))
            address.Ignore(PeriodKey, word);
        return new UsageListQuery(
            from is not null ? Own : word is not null && Hours.ContainsKey(word) ? word : Usual,
            from,
            from is null || to is null || backwards ? from : to,
            address.Word(ByKey, find(ByKey), UsageApi.Units),
            address.Id(TokenKey, find(TokenKey)),
            NullIfEmpty(find(EndpointKey)),
            NullIfEmpty(find(CountryKey)));
    }

    /// <summary>The same with some parts changed; null takes one away.</summary>
    public UsageListQuery With(params (string Key, string? Value)[] changes) => Read(
        key => changes.FirstOrDefault(change => change.Key == key) is { Key: not null } change ? change.Value : Array.Find(Parts, part => part.Key == key).Value);

    public string ToUrl()
    {
        var query = string.Join('&', Parts.Where(part => part.Value is not null).Select(part => $"{part.Key}={Uri.EscapeDataString(part.Value!)}"));
        return query.Length == 0 ? ConsoleUrls.Usage : $"{ConsoleUrls.Usage}?{query}";
    }

    /// <summary>Narrows to a step: a day of the chart becomes its hours.</summary>
    public UsageListQuery Narrowed(UsageStep step, UserClock clock)
    {
        var day = clock.DayOf(step.From);
        return With((FromKey, Write(day)), (ToKey, Write(day)), (PeriodKey, null), (ByKey, null));
    }

    public UsageQuery ToQuery(UserClock clock)
    {
        var (from, to) = Period == Own
            ? (clock.StartOf(From!.Value), clock.EndOf(To!.Value))
            : (clock.Now.AddHours(-Hours[Period] + 1), clock.Now);
        var by = to - from > LongestByHour ? UsageUnit.Day : By ?? (to - from <= TimeSpan.FromDays(2.1) ? UsageUnit.Hour : UsageUnit.Day);
        // Seven days are today and the six before, each of them whole.
        if (Period != Own && by == UsageUnit.Day)
            from = clock.StartOf(clock.DayOf(clock.Now).AddDays(1 - (Hours[Period] / 24)));
        return new UsageQuery(from, to, by, Token, Endpoint, Country == UnknownCountry ? "" : Country?.ToUpperInvariant());
    }

    public static string? Write(DateOnly? day) => day?.ToString(DayFormat, CultureInfo.InvariantCulture);

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

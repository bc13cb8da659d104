using System.Globalization;
using FinConsole.Core.Common;
using FinConsole.Core.LoginHistory.Countries;
using FinConsole.Core.Usage;
using FinConsole.Core.Usage.Reports;
using FinConsole.Web.Components.Shared;

namespace FinConsole.Web.Usage;

/// <summary>Usage in people's words.</summary>
internal static class UsageLabels
{
    /// <summary>The classes as the chart stacks them, from the bottom up.</summary>
    public static readonly IReadOnlyList<UsageStatus> Stack = [UsageStatus.Success, UsageStatus.Redirect, UsageStatus.Verified, UsageStatus.ClientError, UsageStatus.ServerError];

    public static string Of(UsageStatus status) => status switch
    {
        UsageStatus.Success => UsageTexts.Success,
        UsageStatus.Redirect => UsageTexts.Redirect,
        UsageStatus.ClientError => UsageTexts.ClientError,
        UsageStatus.ServerError => UsageTexts.ServerError,
        UsageStatus.Verified => UsageTexts.Unknown,
    };

    /// <summary>How many of a step's requests the class has. Of those that a gateway asked about, only those whose answer it never reported.</summary>
    public static long Share(this UsageCounts counts, UsageStatus status) => status == UsageStatus.Verified
        ? counts.Requests - counts.Success - counts.Redirect - counts.ClientError - counts.ServerError
        : counts[status];

    public static string Country(string code) => code.Length == 0 ? UsageTexts.CountryUnknown : CountryNames.Of(code);

    public static string Period(string period) => period switch
    {
        "24h" => UsageTexts.Period24h,
        "7d" => UsageTexts.Period7d,
        "30d" => UsageTexts.Period30d,
        "90d" => UsageTexts.Period90d,
        _ => UsageTexts.PeriodOwn,
    };

    /// <summary>A step by its time: "3 Mar, 14:00–15:00", "3 Mar".</summary>
    public static string Name(UsageStep step, UsageUnit by, UserClock clock)
    {
        var (from, to) = (TimeZoneInfo.ConvertTime(step.From, clock.Zone), TimeZoneInfo.ConvertTime(step.To, clock.Zone));
        return by == UsageUnit.Hour ? Texts.Format("{0:d MMM, HH:mm}–{1:HH:mm}", from, to) : Texts.Format("{0:ddd d MMM}", from);
    }

    /// <summary>A step in a sentence: "3 Mar: 1,204 requests, 1,200 success, 4 client errors".</summary>
    public static string Sentence(UsageStep step, UsageUnit by, UserClock clock)
    {
        var parts = Stack.Where(status => step.Counts.Share(status) > 0).Select(status => $"{RequestCount.Number(step.Counts.Share(status))} {Of(status).ToLowerInvariant()}");
        return string.Join(", ", parts.Prepend($"{Name(step, by, clock)}: {RequestCount.Of(step.Counts.Requests)}"));
    }

    /// <summary>"0.3 %", of none "–".</summary>
    public static string Percent(long part, long whole) => whole == 0 ? "–"
        : part == 0 ? "0 %"
        : part * 1000 < whole ? "< 0.1 %"
        : (100.0 * part / whole).ToString(part * 10 >= whole ? "0" : "0.#", CultureInfo.InvariantCulture) + " %";
}

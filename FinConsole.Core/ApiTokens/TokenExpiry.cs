using System.Text.Json.Serialization;

namespace FinConsole.Core.ApiTokens;

/// <summary>How long a token lives (fincode-api-connections, "Set Expiry"). Months are calendar months. Stored by number.</summary>
public enum TokenExpiry
{
    [JsonStringEnumMemberName("Hours24")]
    Hours24 = 1,
    [JsonStringEnumMemberName("Month1")]
    Month1 = 2,
    [JsonStringEnumMemberName("Months3")]
    Months3 = 3,
    [JsonStringEnumMemberName("Months6")]
    Months6 = 4,
    [JsonStringEnumMemberName("Year1")]
    Year1 = 5,
}

/// <summary>How long the old token goes on working beside its successor. Stored by number.</summary>
public enum TokenOverlap
{
    [JsonStringEnumMemberName("None")]
    None = 0,
    [JsonStringEnumMemberName("Hour1")]
    Hour1 = 1,
    [JsonStringEnumMemberName("Hours24")]
    Hours24 = 2,
    [JsonStringEnumMemberName("Days7")]
    Days7 = 3,
}

public static class TokenPeriods
{
    /// <summary>When a token made at <paramref name="start"/> expires.</summary>
    public static DateTimeOffset From(this TokenExpiry expiry, DateTimeOffset start) => expiry switch
    {
        TokenExpiry.Hours24 => start.AddHours(24),
        TokenExpiry.Month1 => start.AddMonths(1),
        TokenExpiry.Months3 => start.AddMonths(3),
        TokenExpiry.Months6 => start.AddMonths(6),
        TokenExpiry.Year1 => start.AddYears(1),
    };

    public static TimeSpan Length(this TokenOverlap overlap) => overlap switch
    {
        TokenOverlap.None => TimeSpan.Zero,
        TokenOverlap.Hour1 => TimeSpan.FromHours(1),
        TokenOverlap.Hours24 => TimeSpan.FromHours(24),
        TokenOverlap.Days7 => TimeSpan.FromDays(7),
    };
}

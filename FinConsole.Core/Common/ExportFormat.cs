using System.Text.Json.Serialization;

namespace FinConsole.Core.Common;

/// <summary>What a list is exported as.</summary>
public enum ExportFormat
{
    /// <summary>Comma-separated values with a header row (RFC 4180), for spreadsheets.</summary>
    [JsonStringEnumMemberName("Csv")]
    Csv,

    /// <summary>One JSON object a line, for programs.</summary>
    [JsonStringEnumMemberName("Ndjson")]
    Ndjson,
}

/// <summary>How far a reading has come: what a page tells those who wait.</summary>
/// <param name="At">The time of the row that was read last.</param>
/// <param name="Fraction">The part of the whole that is read, 0 to 1; null where nobody knows.</param>
public readonly record struct ReadingReach(DateTimeOffset At, double? Fraction);

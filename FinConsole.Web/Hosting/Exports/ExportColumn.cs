namespace FinConsole.Web.Hosting.Exports;

/// <summary>One column of an exported list: the same in CSV and NDJSON.</summary>
/// <param name="Name">The header, and the property's name.</param>
/// <param name="Write">Writes a row's value: exactly one call.</param>
public sealed record ExportColumn<T>(string Name, Action<T, IExportCell> Write);

/// <summary>Takes the value of one cell, without a string for each.</summary>
public interface IExportCell
{
    /// <summary>Text from anybody; null is an empty cell, and null in JSON.</summary>
    void Text(string? value);

    void Number(long value);

    void Id(Guid? value);

    void Flag(bool? value);

    /// <summary>ISO 8601 in UTC with all seven digits, so that not a tick is lost.</summary>
    void Time(DateTimeOffset? value);

    /// <summary>JSON of our own making: text in CSV, itself in NDJSON, character by character.</summary>
    void Json(string value);
}

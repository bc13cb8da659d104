namespace FinConsole.Web.Hosting.Exports;

/// <summary>What whoever exports CSV may choose.</summary>
/// <param name="Mark">Whether the file begins with a byte order mark, by which spreadsheets know that it is UTF-8.</param>
/// <param name="Guard">Whether no text is a formula to a spreadsheet; off for programs, which get each text as it is.</param>
public sealed record CsvOptions(bool Mark = false, bool Guard = true)
{
    public static readonly CsvOptions Default = new();

    /// <summary>How addresses say it, in front of a further parameter.</summary>
    internal string Query => $"{(Mark ? "bom=1&" : "")}{(Guard ? "" : "guard=none&")}";
}

using System.Globalization;
using System.Text;
using FinConsole.Core.Common;

namespace FinConsole.Web.Hosting.Exports;

/// <summary>What the browser saves an export as.</summary>
public static class ExportFile
{
    private const int LongestTenant = 40;

    public static string ContentType(ExportFormat format) => format == ExportFormat.Csv ? "text/csv; charset=utf-8; header=present" : "application/x-ndjson; charset=utf-8";

    /// <summary>For example "audit-log-acme-20260302T090000Z.csv".</summary>
    public static string Name(string list, string tenant, ExportFormat format, DateTimeOffset now)
    {
        var slug = new StringBuilder();
        foreach (var letter in tenant.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(letter))
                slug.Append(letter);
            else if (slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        }

        var name = slug.ToString(0, Math.Min(slug.Length, LongestTenant)).Trim('-');
        var at = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        return $"{list}-{(name.Length == 0 ? "" : name + "-")}{at}.{(format == ExportFormat.Csv ? "csv" : "ndjson")}";
    }

    /// <summary>"csv" or "ndjson", as addresses say it; null for anything else.</summary>
    public static ExportFormat? Parse(string? format) => format switch
    {
        "csv" => ExportFormat.Csv,
        "ndjson" => ExportFormat.Ndjson,
        _ => null,
    };

    /// <summary>How addresses say it.</summary>
    public static string Word(this ExportFormat format) => format == ExportFormat.Csv ? "csv" : "ndjson";
}

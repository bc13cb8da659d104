namespace FinConsole.Core.Common;

/// <summary>Why a scan is refused.</summary>
public static class ScanErrors
{
    /// <summary>Too many scans of the tenant, or of all tenants, are running.</summary>
    public static readonly Error Busy = new(ErrorKind.TooManyRequests, "search_busy", ScanErrorTexts.Busy) { RetryAfter = TimeSpan.FromSeconds(5) };
}

using System.Net;
using FinConsole.Core.Common;

namespace FinConsole.Core.LoginHistory.Listing;

/// <summary>What to show of login history, newest first.</summary>
/// <param name="Account">An address, whole or its beginning, in any letter case.</param>
/// <param name="Outcome">Only this one.</param>
/// <param name="Ip">An address or a range (CIDR).</param>
/// <param name="Country">Two letters, in any case.</param>
/// <param name="SuspiciousOnly">Only attempts of level medium or high.</param>
/// <param name="From">Not before.</param>
/// <param name="To">Before, exclusive.</param>
/// <param name="Cursor">From the page before.</param>
/// <param name="Limit">1 to 200.</param>
public sealed record LoginFilter(
    string? Account = null, LoginOutcome? Outcome = null, string? Ip = null, string? Country = null, bool SuspiciousOnly = false,
    DateTimeOffset? From = null, DateTimeOffset? To = null, string? Cursor = null, int Limit = 50)
{
    /// <summary>Reads an address or range; false for text that is neither. A range may have bits set behind its prefix.</summary>
    public static bool TryReadRange(string text, out IPNetwork range)
    {
        var read = AddressRange.Parse(text);
        range = read?.Network ?? default;
        return read is not null;
    }
}

using System.Net;

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
        range = default;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (!IPAddress.TryParse(slash < 0 ? text : text[..slash], out var address) || !LooksWhole(text))
            return false;
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        var bits = address.GetAddressBytes();
        var length = bits.Length * 8;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), System.Globalization.NumberStyles.None, null, out length) || length > bits.Length * 8))
            return false;
        for (var bit = length; bit < bits.Length * 8; bit++)
            bits[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        range = new IPNetwork(new IPAddress(bits), length);
        return true;
    }

    // IPAddress reads "1" as 0.0.0.1, which nobody means.
    private static bool LooksWhole(string text) => text.Contains(':', StringComparison.Ordinal) || text.Count(letter => letter == '.') == 3;
}

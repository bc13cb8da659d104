using System.Net;
using System.Net.Sockets;
using FinConsole.Core.Common;

namespace FinConsole.Core.ApiTokens;

/// <summary>The networks that a token may be used from, IPv4 and IPv6 in CIDR; empty means from anywhere.</summary>
public static class IpAllowlist
{
    public const int MostEntries = 50;

    /// <summary>Reads a list as people type it (one network a line, or with commas); single addresses become /32 or /128.</summary>
    /// <param name="text">The list; empty for none.</param>
    /// <param name="entries">The networks in canonical form without doubles.</param>
    /// <returns>What is wrong, naming the entry; null when nothing is.</returns>
    public static string? Parse(string? text, out IReadOnlyList<string> entries)
    {
        var words = (text ?? "").Split([',', ';', ' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return Parse(words, out entries);
    }

    /// <inheritdoc cref="Parse(string?, out IReadOnlyList{string})"/>
    public static string? Parse(IReadOnlyCollection<string> words, out IReadOnlyList<string> entries)
    {
        entries = [];
        if (words.Count > MostEntries)
            return Texts.Format(ApiTokenErrorTexts.NetworkCount, MostEntries);

        var networks = new List<string>();
        foreach (var word in words)
        {
            if (Fault(word, out var network) is { } fault)
                return fault;
            networks.Add(network!);
        }

        entries = [.. networks.Distinct()];
        return null;
    }

    /// <summary>How a list is kept in one column.</summary>
    public static string Join(IEnumerable<string> entries) => string.Join('\n', entries);

    public static IReadOnlyList<string> Split(string column) => column.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string? Fault(string word, out string? network)
    {
        network = null;
        var shown = word.Length <= 45 ? word : word[..45] + "…";
        var slash = word.IndexOf('/');
        var addressText = slash < 0 ? word : word[..slash];
        if (!IpText.TryParse(addressText, out var address))
            return Texts.Format(ApiTokenErrorTexts.NotANetwork, shown);

        var widest = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        var bits = widest;
        if (slash >= 0 && (!int.TryParse(word.AsSpan(slash + 1), System.Globalization.NumberStyles.None, null, out bits) || bits > widest))
            return Texts.Format(ApiTokenErrorTexts.PrefixLength, shown, widest);
        if (bits == 0)
            return Texts.Format(ApiTokenErrorTexts.EveryAddress, shown);

        var first = new IPNetwork(Mask(address, bits), bits);
        if (!first.BaseAddress.Equals(address))
            return Texts.Format(ApiTokenErrorTexts.InsideNetwork, shown, first);
        network = first.ToString();
        return null;
    }

    private static IPAddress Mask(IPAddress address, int bits)
    {
        var bytes = address.GetAddressBytes();
        for (var i = 0; i < bytes.Length; i++)
        {
            var keep = Math.Clamp(bits - (i * 8), 0, 8);
            bytes[i] &= (byte)(0xFF << (8 - keep));
        }

        return new IPAddress(bytes);
    }
}

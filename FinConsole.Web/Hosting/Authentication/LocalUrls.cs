using System.Buffers;
using System.Globalization;
using System.Text;
using FinConsole.Core.Common;

namespace FinConsole.Web.Hosting.Authentication;

/// <summary>
/// Return URLs. Only a path of this console is followed: "//host", "/\host", absolute ones and the same in percent-encoding are
/// refused, since each would let a sign-in page send people elsewhere.
/// </summary>
public static class LocalUrls
{
    private const int Longest = 2000;
    private const int EncodingsUndone = 3;

    // Unreserved, reserved and "%".
    private static readonly SearchValues<char> Unencoded =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;=%");

    /// <summary>The URL where it is local and not a page of signing in or out, else <paramref name="fallback"/>.</summary>
    public static string Or(string fallback, string? url) => IsLocal(url) && !LeadsBack(url!) ? url! : fallback;

    /// <summary>
    /// A local URL as the <c>Location</c> header takes it: characters that a URI reference cannot hold (RFC 3986, 2) are percent-encoded as UTF-8,
    /// and what is encoded already stays as it is.
    /// </summary>
    public static string ToHeader(string url)
    {
        if (!url.AsSpan().ContainsAnyExcept(Unencoded))
            return url;
        var header = new StringBuilder(url.Length + 16);
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in url.EnumerateRunes())
        {
            if (rune.IsAscii && Unencoded.Contains((char)rune.Value))
            {
                header.Append((char)rune.Value);
                continue;
            }

            foreach (var single in bytes[..rune.EncodeToUtf8(bytes)])
                header.Append(CultureInfo.InvariantCulture, $"%{single:X2}");
        }

        return header.ToString();
    }

    public static bool IsLocal(string? url)
    {
        if (url is not { Length: > 0 and <= Longest } || !UnicodeText.IsWellFormed(url))
            return false;

        var seen = url;
        for (var undone = 0; undone <= EncodingsUndone; undone++)
        {
            if (!IsPlainlyLocal(seen))
                return false;
            var decoded = Uri.UnescapeDataString(seen);
            if (decoded == seen)
                return true;
            seen = decoded;
        }

        return false;
    }

    private static bool IsPlainlyLocal(string url)
    {
        var path = url.Split('?', '#')[0];
        return url[0] == '/' && !path.Contains("//", StringComparison.Ordinal) && !path.Contains('\\') && !url.Any(char.IsControl);
    }

    // Browsers resolve dot segments, servers decode, and routing knows no letter case.
    private static bool LeadsBack(string url) =>
        PathSpelling.Resolve(url.Split('?', '#')[0]) is [var first, var second, ..] && $"/{first}/{second}" is var page
        && (page.StartsWith(ConsoleUrls.Login, StringComparison.Ordinal) || page.StartsWith(ConsoleUrls.Logout, StringComparison.Ordinal));
}

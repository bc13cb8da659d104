using System.Buffers;
using System.Globalization;
using System.Text;
using FinConsole.Web.Hosting;

namespace FinConsole.Web.Gateway;

/// <summary>
/// Reads the path of a request target (RFC 9112 3.2), and only where every server reads the same one. The whole target is checked before
/// anything is cut from it, since servers disagree about where a target ends that holds what none can hold. ADR 0020 states the rules.
/// </summary>
internal static class RequestTarget
{
    private const int Longest = 8192;
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    // RFC 3986 3.3 and 3.4, but for ";": some servers cut a segment there. Brackets are no part of a query there, yet every browser sends them.
    private static readonly SearchValues<char> Path = SearchValues.Create(Unreserved + "%!$&'()*+,=:@/");
    private static readonly SearchValues<char> Query = SearchValues.Create(Unreserved + "%!$&'()*+,;=:@/?[]");
    private static readonly SearchValues<char> Host = SearchValues.Create(Unreserved);
    private static readonly SearchValues<char> Address = SearchValues.Create("0123456789ABCDEFabcdef:.");

    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>The path of the target, undecoded, from its first slash; empty where the target is refused.</summary>
    public static ReadOnlySpan<char> PathOf(ReadOnlySpan<char> target)
    {
        if (target.Length > Longest)
            return default;
        var origin = OriginForm(target);
        if (origin.IsEmpty)
            return default;
        var end = origin.IndexOf('?');
        var path = end < 0 ? origin : origin[..end];
        return !path.ContainsAnyExcept(Path) && (end < 0 || !origin[(end + 1)..].ContainsAnyExcept(Query)) && HasWholeEscapes(origin) && IsNormal(path) ? path : default;
    }

    /// <summary>The target from its path on: itself in origin form, in absolute form what follows a valid authority. Empty for any other form.</summary>
    public static ReadOnlySpan<char> OriginForm(ReadOnlySpan<char> target)
    {
        if (target.StartsWith('/'))
            return target;
        var start = target.StartsWith("https://", StringComparison.Ordinal) ? "https://".Length : target.StartsWith("http://", StringComparison.Ordinal) ? "http://".Length : -1;
        if (start < 0)
            return default;
        // Whatever is no part of a name, a "?" or "#" too, makes the authority invalid; so the first slash ends it.
        var rest = target[start..];
        var slash = rest.IndexOf('/');
        return slash > 0 && IsAuthority(rest[..slash]) ? rest[slash..] : default;
    }

    // RFC 3986 3.2, without user information, which RFC 9110 4.2.4 tells recipients to distrust.
    private static bool IsAuthority(ReadOnlySpan<char> authority)
    {
        var end = authority[0] == '[' ? authority.IndexOf(']') + 1 : authority.IndexOf(':') is >= 0 and var colon ? colon : authority.Length;
        if (end == 0)
            return false;
        var host = authority[..end];
        var port = authority[end..];
        var named = host[0] == '[' ? host.Length > 2 && !host[1..^1].ContainsAnyExcept(Address) : !host.ContainsAnyExcept(Host);
        return named && (port.IsEmpty || (port[0] == ':' && port.Length is > 1 and <= 6 && ushort.TryParse(port[1..], NumberStyles.None, CultureInfo.InvariantCulture, out _)));
    }

    private static bool HasWholeEscapes(ReadOnlySpan<char> text)
    {
        for (var at = text.IndexOf('%'); at >= 0; at = text.IndexOf('%'))
        {
            if (at + 2 >= text.Length || !char.IsAsciiHexDigit(text[at + 1]) || !char.IsAsciiHexDigit(text[at + 2]))
                return false;
            text = text[(at + 3)..];
        }

        return true;
    }

    // What one server resolves and another does not is refused: empty segments, segments of dots, and escapes of what structures a path.
    private static bool IsNormal(ReadOnlySpan<char> path)
    {
        if (path.Contains("//", StringComparison.Ordinal))
            return false;
        foreach (var range in path[1..].Split('/'))
        {
            var segment = path[1..][range];
            if (segment.Contains('%') ? !IsNormalDecoded(segment) : AmbiguousCharacters.AreDots(segment))
                return false;
        }

        return true;
    }

    private static bool IsNormalDecoded(ReadOnlySpan<char> segment)
    {
        if (Decode(segment) is not { } decoded || AmbiguousCharacters.AreIn(decoded) || AmbiguousCharacters.AreDots(decoded))
            return false;
        // A server that decodes first, and then looks for the query, reads a segment up to its escaped "?" or "#".
        var cut = decoded.AsSpan().IndexOfAny('?', '#');
        return cut < 0 || !AmbiguousCharacters.AreDots(decoded.AsSpan(0, cut));
    }

    // Null where the bytes are no UTF-8: overlong forms of a slash, which lenient decoders take for one.
    private static string? Decode(ReadOnlySpan<char> segment)
    {
        var bytes = new byte[segment.Length];
        var count = 0;
        for (var at = 0; at < segment.Length; at++, count++)
        {
            bytes[count] = segment[at] == '%' ? Convert.FromHexString(segment.Slice(at + 1, 2))[0] : (byte)segment[at];
            at += segment[at] == '%' ? 2 : 0;
        }

        try
        {
            return Utf8.GetString(bytes, 0, count);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}

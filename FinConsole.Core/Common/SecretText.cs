using System.Text;
using System.Text.RegularExpressions;

namespace FinConsole.Core.Common;

/// <summary>
/// Finds secrets of ours in text of any kind: people paste them where a name or an address belongs, and programs put them into headers. What
/// is stored or logged keeps of one what may be shown. They are found however their characters are encoded (<see cref="FoldedText"/>). One
/// that was taken apart by visible characters, or spelled with letters that only look alike, is not.
/// </summary>
public static partial class SecretText
{
    private const int Shown = 4;
    private const int BareToken = LinkSecret + TokenChecksum.Length;
    private const int LinkSecret = 43;
    private const int LongestRun = 256;

    private static readonly string[] Kinds = ["fc_dev_", "fc_stg_", "fc_prd_", "fc_svc_"];

    /// <summary>
    /// Whether it holds what has a token's shape, whole or cut off, in any letter case; a whole one that lost its kind, which its checksum
    /// tells; or an access token.
    /// </summary>
    public static bool IsIn(string? text) => text is not null && Find(FoldedText.Of(text)?.Text ?? text, links: false).Count > 0;

    /// <summary>The text with the kind, the first four and the last four characters of each such token in its place.</summary>
    public static string Mask(string text) => Mask(text, links: false);

    /// <summary>
    /// The same, for text that is kept: also without what may be the secret of a link, or of a refresh token that lost its kind. Nothing
    /// but the look of 43 random characters tells those, so nothing is refused for them.
    /// </summary>
    public static string MaskKept(string text) => Mask(text, links: true);

    private static string Mask(string text, bool links)
    {
        var folded = FoldedText.Of(text);
        var plain = folded?.Text ?? text;
        if (Find(plain, links) is not { Count: > 0 } found)
            return text;
        var masked = new StringBuilder(text.Length);
        var kept = 0;
        foreach (var (start, end, kind) in found)
        {
            var span = folded?.SpanOf(start, end) ?? (start, end);
            masked.Append(text, kept, Math.Max(0, span.Start - kept))
                .Append(plain, start, kind + Shown).Append('…').Append(plain, end - Shown, Shown);
            kept = span.End;
        }

        return masked.Append(text, kept, text.Length - kept).ToString();
    }

    // From left to right, none within another.
    private static List<Found> Find(string text, bool links)
    {
        var found = Tokens().Matches(text).Select(token => new Found(token.Index, token.Index + token.Length, token.Groups[1].Length))
            .Concat(AccessTokens().Matches(text).Select(token => new Found(token.Index, token.Index + token.Length, 0)))
            .Concat(Runs().Matches(text).SelectMany(run => FindBare(text, run.Index, run.Length)));
        if (links)
        {
            found = found.Concat(LinkSecrets().Matches(text).Where(IsRandom)
                .Select(secret => new Found(secret.Index, secret.Index + secret.Length, 0)));
        }

        var apart = new List<Found>();
        foreach (var each in found.OrderBy(each => each.Start).ThenByDescending(each => each.End))
        {
            if (apart.Count == 0 || each.Start >= apart[^1].End)
                apart.Add(each);
        }

        return apart;
    }

    // Longer runs are data, in which nobody pastes a token.
    private static IEnumerable<Found> FindBare(string text, int start, int length)
    {
        if (length > LongestRun)
            yield break;
        for (var at = start; at + BareToken <= start + length; at++)
        {
            if (Array.Exists(Kinds, kind => HasChecksum(kind, text.AsSpan(at, BareToken))))
                yield return new Found(at, at + BareToken, 0);
        }
    }

    private static bool HasChecksum(string kind, ReadOnlySpan<char> rest) =>
        TokenChecksum.Fits(string.Concat(kind, rest[..LinkSecret]), rest[LinkSecret..]);

    // Words that were written together have fewer capitals; hashes have letters of one case, or none.
    private static bool IsRandom(Match run)
    {
        var (capitals, small) = (run.Value.Count(char.IsAsciiLetterUpper), run.Value.Count(char.IsAsciiLetterLower));
        return capitals >= 6 && small >= 6 && (capitals + small < run.Length || capitals >= 12);
    }

    // API tokens, tokens of services, and those by which programs refresh their session. What is shown of one has four characters behind
    // its kind; sixteen are a token that was cut off.
    [GeneratedRegex(
        "(fc(?:[_\u2010-\u2015-](?:dev|stg|prd|svc)|r)[_\u2010-\u2015-])[0-9A-Za-z]{16,}",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Tokens();

    // RFC 7519: a header and claims that are JSON objects.
    [GeneratedRegex(@"eyJ[0-9A-Za-z_-]{8,}\.[0-9A-Za-z_-]{8,}(?:\.[0-9A-Za-z_-]*)?")]
    private static partial Regex AccessTokens();

    [GeneratedRegex("[0-9A-Za-z]{49,}")]
    private static partial Regex Runs();

    // Not a part of Base64, and not a fingerprint as SSH writes it.
    [GeneratedRegex("(?<![0-9A-Za-z_+-])(?<!SHA256:)[0-9A-Za-z]{43}(?![0-9A-Za-z_+/=-])")]
    private static partial Regex LinkSecrets();

    private readonly record struct Found(int Start, int End, int Kind);
}

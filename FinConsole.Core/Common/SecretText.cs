using System.Text.RegularExpressions;

namespace FinConsole.Core.Common;

/// <summary>
/// Finds tokens of ours in text of any kind: people paste them where a name or an address belongs, and programs put them into headers. What is
/// stored or logged keeps of one what may be shown.
/// </summary>
public static partial class SecretText
{
    private const int Shown = 4;

    /// <summary>Whether it holds what has a token's shape, whole or cut off, in any letter case.</summary>
    public static bool IsIn(string? text) => text is not null && Tokens().IsMatch(text);

    /// <summary>The text with the kind, the first four and the last four characters of each token in its place.</summary>
    public static string Mask(string text) =>
        Tokens().Replace(text, token => $"{token.Value[..(token.Groups[1].Length + Shown)]}…{token.Value[^Shown..]}");

    // API tokens, tokens of services, and those by which programs refresh their session. What is shown of one has four characters behind its
    // kind; sixteen are a token that was cut off.
    [GeneratedRegex("(fc(?:_(?:dev|stg|prd|svc)|r)_)[0-9A-Za-z]{16,}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Tokens();
}

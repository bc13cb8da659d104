using System.Diagnostics;
using FinConsole.Core.Common;

namespace FinConsole.Core.ApiTokens;

/// <summary>
/// The text of a token, a tenant's or a service's, which only its holder keeps. Prints as its first eleven characters.
/// <list type="table">
/// <listheader><term>Part</term><description>Characters</description></listheader>
/// <item><term><c>fc_</c></term><description>3: so that secret scanners find it</description></item>
/// <item><term><c>dev</c>, <c>stg</c>, <c>prd</c> and <c>_</c></term><description>4: the environment; <c>svc</c> in its place for a token of the API company's own servers</description></item>
/// <item><term>secret</term><description>43 base62 characters from a cryptographic generator: 256 bits</description></item>
/// <item><term>checksum</term><description>6 base62 characters: CRC-32 (IEEE) of the 50 before it, so that a typing error needs no look-up</description></item>
/// </list>
/// 56 in all.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class ApiTokenSecret
{
    /// <summary>What every token begins with.</summary>
    public const string Start = "fc_";

    /// <summary>What a service's begins with.</summary>
    public const string ServiceStart = Start + ServiceCode + "_";
    public const int Length = 56;
    public const int PrefixLength = 11;
    public const int SuffixLength = 4;

    private const string ServiceCode = "svc";
    private const int RandomLength = 43;
    private const int BodyLength = Length - TokenChecksum.Length;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string _text;

    private ApiTokenSecret(string text) => _text = text;

    public TokenKind Kind => KindOf(_text);

    /// <summary>What may be shown and stored of it.</summary>
    public string Prefix => _text[..PrefixLength];

    /// <summary>What may be shown and stored of it.</summary>
    public string LastFour => _text[^SuffixLength..];

    public static ApiTokenSecret Generate(TokenEnvironment environment) => Generate(environment.Code());

    /// <summary>For one of the API company's own servers.</summary>
    public static ApiTokenSecret GenerateForService() => Generate(ServiceCode);

    /// <summary>Reads a token's text; false for anything of another shape or with a wrong checksum.</summary>
    public static bool TryParse(string? text, out ApiTokenSecret? secret)
    {
        secret = IsWellFormed(text) ? new ApiTokenSecret(text!) : null;
        return secret is not null;
    }

    /// <summary>Whether the text has a token's shape and its checksum is right; allocates nothing.</summary>
    public static bool IsWellFormed(string? text)
    {
        if (!HasShape(text))
            return false;
        return TokenChecksum.Fits(text.AsSpan(0, BodyLength), text.AsSpan(BodyLength));
    }

    /// <summary>Whose a text would be that has a token's shape.</summary>
    public static TokenKind KindOf(string text) => text.AsSpan(Start.Length, ServiceCode.Length) is ServiceCode ? TokenKind.Service : TokenKind.Tenant;

    /// <summary>The whole text. Every call is a place to review.</summary>
    public string Reveal() => _text;

    public override string ToString() => Prefix + "…";

    private static ApiTokenSecret Generate(string code)
    {
        var body = $"{Start}{code}_{Base62.Random(RandomLength)}";
        return new ApiTokenSecret(body + Base62.Encode(TokenChecksum.Of(body), TokenChecksum.Length));
    }

    private static bool HasShape(string? text) =>
        text is { Length: Length } && text.StartsWith(Start, StringComparison.Ordinal) && text[6] == '_'
        && text.AsSpan(3, 3) is "dev" or "stg" or "prd" or ServiceCode && Base62.IsBase62(text.AsSpan(7));
}

/// <summary>Whose token it is, as its text says.</summary>
public enum TokenKind
{
    /// <summary>A tenant's, in one of its environments.</summary>
    Tenant,

    /// <summary>One of the API company's own servers', of no tenant.</summary>
    Service,
}

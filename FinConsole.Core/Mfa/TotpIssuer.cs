using FinConsole.Core.Email;
using Microsoft.Extensions.Options;

namespace FinConsole.Core.Mfa;

/// <summary>Section <c>Mfa</c>.</summary>
public sealed class MfaOptions
{
    public const string Section = "Mfa";

    /// <summary>What authenticator apps show above the account; without it "FinConsole" and the host's name.</summary>
    public string? Issuer { get; set; }
}

/// <summary>
/// Which installation an authenticator app says that its code is for. Apps keep one entry for each issuer and account: two installations with
/// the same issuer replace each other's.
/// </summary>
public sealed class TotpIssuer(ConsoleAddress address, IOptions<MfaOptions> options)
{
    /// <summary>In characters.</summary>
    public const int LongestName = 64;

    public string Name => string.IsNullOrWhiteSpace(options.Value.Issuer) ? $"FinConsole {address.Host}" : options.Value.Issuer.Trim();

    /// <summary>Whether apps read the name as it is: a colon ends it in the "Key Uri Format", and some apps end it at an ampersand.</summary>
    public static bool IsReadable(string name) => name.Trim() is { Length: > 0 and <= LongestName } text && !text.Any(letter => letter is ':' or '&' || char.IsControl(letter));
}

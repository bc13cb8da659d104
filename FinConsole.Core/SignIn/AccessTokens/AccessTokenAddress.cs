using FinConsole.Core.Email;
using Microsoft.Extensions.Options;

namespace FinConsole.Core.SignIn.AccessTokens;

/// <summary>Who issues access tokens and for whom: both stand in each token, and nothing else is accepted.</summary>
public sealed class AccessTokenAddress(ConsoleAddress console, IOptions<AccessTokenOptions> options)
{
    /// <summary>The console's public address without a final slash: the one spelling, which verifiers compare character by character (RFC 8414 3.3).</summary>
    public string Issuer { get; } = console.Of("").TrimEnd('/');

    public string Audience { get; } = string.IsNullOrWhiteSpace(options.Value.Audience) ? console.Of("api/v1") : options.Value.Audience.Trim();
}

using FinConsole.Core.Email;
using Microsoft.Extensions.Options;

namespace FinConsole.Core.SignIn.AccessTokens;

/// <summary>Who issues access tokens and for whom: both stand in each token, and nothing else is accepted.</summary>
public sealed class AccessTokenAddress(ConsoleAddress console, IOptions<AccessTokenOptions> options)
{
    /// <summary>The console's public address.</summary>
    public string Issuer { get; } = console.Of("");

    public string Audience { get; } = string.IsNullOrWhiteSpace(options.Value.Audience) ? console.Of("api/v1") : options.Value.Audience.Trim();
}

using FinConsole.Core.Common;

namespace FinConsole.Core.SignIn.AccessTokens;

/// <summary>What a program gets for its credentials, and for each refresh token.</summary>
/// <param name="AccessToken">A JWT, good for <see cref="Life"/> while its session lives.</param>
/// <param name="RefreshToken">Good for one more pair.</param>
public sealed record IssuedAccess(Secret AccessToken, Secret RefreshToken)
{
    /// <summary>How long an access token is good for (api.md: 1 h).</summary>
    public static readonly TimeSpan Life = TimeSpan.FromHours(1);
}

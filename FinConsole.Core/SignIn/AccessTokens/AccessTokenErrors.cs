using FinConsole.Core.Common;

namespace FinConsole.Core.SignIn.AccessTokens;

/// <summary>Why a program is not, or no longer, signed in. One answer each: what was wrong with a credential is nobody's business.</summary>
public static class AccessTokenErrors
{
    public static readonly Error Invalid = new(ErrorKind.Unauthenticated, "invalid_token", AccessTokenErrorTexts.Invalid);

    /// <summary>Unknown, expired, signed out, or used after its successor was.</summary>
    public static readonly Error InvalidRefreshToken = new(
        ErrorKind.Unauthenticated, "invalid_refresh_token", AccessTokenErrorTexts.InvalidRefreshToken);
}

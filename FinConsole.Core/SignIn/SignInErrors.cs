using FinConsole.Core.Common;

namespace FinConsole.Core.SignIn;

/// <summary>Why a sign-in, or a change of what one signs in with, is refused.</summary>
public static class SignInErrors
{
    /// <summary>The one answer to a wrong password, an unknown account, a locked and a deactivated one.</summary>
    public static readonly Error InvalidCredentials = new(
        ErrorKind.Unauthenticated, "invalid_credentials", SignInErrorTexts.InvalidCredentials);

    public static readonly Error Busy = new(ErrorKind.TooManyRequests, "busy", SignInErrorTexts.Busy)
    {
        RetryAfter = TimeSpan.FromSeconds(5),
    };

    public static readonly Error LinkUsedUp = new(ErrorKind.Refused, "link_used_up", SignInErrorTexts.LinkUsedUp);

    public static readonly Error WrongCurrentPassword = new(ErrorKind.Refused, "wrong_password", SignInErrorTexts.WrongCurrentPassword);

    /// <summary>Nothing was typed, so nothing was tried: it counts towards no lockout.</summary>
    public static readonly Error PasswordNeeded = new(ErrorKind.Invalid, "password_needed", SignInErrorTexts.PasswordNeeded);

    public static readonly Error SamePassword = new(ErrorKind.Invalid, "same_password", SignInErrorTexts.SamePassword);

    public static readonly Error NoSuchSession = new(ErrorKind.NotFound, "session_not_found", SignInErrorTexts.NoSuchSession);

    /// <summary>The one answer to a wrong code, one that was used before, and a locked account.</summary>
    public static readonly Error WrongCode = new(ErrorKind.Unauthenticated, "wrong_code", SignInErrorTexts.WrongCode);

    public static readonly Error CodeNeeded = new(ErrorKind.Unauthenticated, "mfa_required", SignInErrorTexts.CodeNeeded);

    /// <summary>Said to nobody but who knows the password.</summary>
    public static readonly Error ResetRequired = new(
        ErrorKind.Unauthenticated, "password_reset_required", SignInErrorTexts.ResetRequired);

    /// <summary>For programs alone: their tenant's policy takes no plaintext. Nothing was tried, or what was tried was right.</summary>
    public static readonly Error EncryptionRequired = new(ErrorKind.Refused, "encryption_required", SignInErrorTexts.EncryptionRequired);

    public static readonly Error AccountDeactivated = new(ErrorKind.Refused, "account_deactivated", SignInErrorTexts.AccountDeactivated);

    public static readonly Error ChallengeOver = new(ErrorKind.Refused, "challenge_over", SignInErrorTexts.ChallengeOver);

    public static Error TooManyTries(TimeSpan retryAfter)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(retryAfter.TotalSeconds));
        return new Error(ErrorKind.TooManyRequests, "too_many_tries", Texts.Format(SignInErrorTexts.TooManyTries, seconds)) { RetryAfter = retryAfter };
    }

    public static Error WeakPassword(string why) => new(ErrorKind.Invalid, "weak_password", why);
}

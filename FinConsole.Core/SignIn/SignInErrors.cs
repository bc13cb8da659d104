using FinConsole.Core.Common;

namespace FinConsole.Core.SignIn;

/// <summary>Why a sign-in, or a change of what one signs in with, is refused.</summary>
public static class SignInErrors
{
    /// <summary>The one answer to a wrong password, an unknown account, a locked and a deactivated one.</summary>
    public static readonly Error InvalidCredentials = new(
        ErrorKind.Unauthenticated, "invalid_credentials", "That email and password don't match an account that can sign in. After several failures an account locks for a few minutes.");

    public static readonly Error Busy = new(ErrorKind.TooManyRequests, "busy", "Too many sign-ins at this moment. Try again in a few seconds.")
    {
        RetryAfter = TimeSpan.FromSeconds(5),
    };

    public static readonly Error LinkUsedUp = new(ErrorKind.Refused, "link_used_up", "This link has been used, has expired or was replaced by a newer one. Ask for a new one.");

    public static readonly Error WrongCurrentPassword = new(ErrorKind.Refused, "wrong_password", "That is not your current password. After several failures your account locks for a few minutes.");

    /// <summary>Nothing was typed, so nothing was tried: it counts towards no lockout.</summary>
    public static readonly Error PasswordNeeded = new(ErrorKind.Invalid, "password_needed", "Enter your current password.");

    public static readonly Error SamePassword = new(ErrorKind.Invalid, "same_password", "Choose a password that differs from the current one.");

    public static readonly Error NoSuchSession = new(ErrorKind.NotFound, "session_not_found", "There is no such session, or it has ended.");

    /// <summary>The one answer to a wrong code, one that was used before, and a locked account.</summary>
    public static readonly Error WrongCode = new(
        ErrorKind.Unauthenticated, "wrong_code", "That code doesn't match, or was used already. After several failures an account locks for a few minutes.");

    public static readonly Error CodeNeeded = new(ErrorKind.Unauthenticated, "mfa_required", "Enter the code that the authenticator app shows.");

    /// <summary>Said to nobody but who knows the password.</summary>
    public static readonly Error ResetRequired = new(
        ErrorKind.Unauthenticated, "password_reset_required",
        "This account needs a new password before it can sign in. A letter with a link was sent to its address; \"Forgot your password?\" sends another.");

    public static readonly Error AccountDeactivated = new(ErrorKind.Refused, "account_deactivated", "This account is deactivated: nobody can sign in to it.");

    public static readonly Error ChallengeOver = new(ErrorKind.Refused, "challenge_over", "That took too long, or was finished elsewhere. Sign in again.");

    public static Error TooManyTries(TimeSpan retryAfter) =>
        new(ErrorKind.TooManyRequests, "too_many_tries", $"Too many tries from your address. Try again in {Math.Max(1, (int)Math.Ceiling(retryAfter.TotalSeconds))} seconds.")
        {
            RetryAfter = retryAfter,
        };

    public static Error WeakPassword(string why) => new(ErrorKind.Invalid, "weak_password", why);
}

using FinConsole.Core.Common;

namespace FinConsole.Core.SignIn.StepUp;

/// <summary>What a program is told where a person would be shown the step-up dialog.</summary>
public static class ProgramErrors
{
    /// <summary>
    /// The program is signed in, whatever its second code is: a missing or wrong one is no failed sign-in (401), which would tell it to
    /// refresh, but a request that is refused, like one with a wrong password or with a cashier's code missing.
    /// </summary>
    /// <param name="confirmed">What <see cref="ConfirmIdentity"/> answered.</param>
    /// <param name="codeField">What the route calls the code.</param>
    public static Result Of(Result confirmed, string codeField = "Totp") => confirmed.Error switch
    {
        { Kind: ErrorKind.Unauthenticated, Code: "mfa_required" or "wrong_code" } error => (error with { Kind = ErrorKind.Refused }).On(codeField),
        _ => confirmed,
    };
}

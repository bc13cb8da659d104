using FinConsole.Core.Common;

namespace FinConsole.Core.Mfa;

/// <summary>Why a second factor cannot be set up, changed or taken away.</summary>
public static class MfaErrors
{
    public static readonly Error NothingBegun = new(
        ErrorKind.Refused, "mfa_enrolment_over", "This setup has expired, was finished elsewhere or was begun anew. Start again to get a new QR code.");

    public static readonly Error WrongFirstCode = new(
        ErrorKind.Refused, "wrong_code", "That code doesn't match. Check that your phone sets its time by itself, and type the code that the app shows now.");

    public static readonly Error NotOn = new(ErrorKind.Refused, "mfa_not_on", "Two-factor authentication is not on.");

    public static readonly Error Required = new(
        ErrorKind.Refused, "mfa_required_by_policy", "Your organization requires two-factor authentication. You can move it to another app, but not turn it off.");
}

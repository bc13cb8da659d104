using FinConsole.Core.Common;

namespace FinConsole.Core.Mfa;

/// <summary>Why a second factor cannot be set up, changed or taken away.</summary>
public static class MfaErrors
{
    public static readonly Error NothingBegun = new(ErrorKind.Refused, "mfa_enrolment_over", MfaErrorTexts.NothingBegun);

    public static readonly Error WrongFirstCode = new(ErrorKind.Refused, "wrong_code", MfaErrorTexts.WrongFirstCode);

    public static readonly Error NotOn = new(ErrorKind.Refused, "mfa_not_on", MfaErrorTexts.NotOn);

    public static readonly Error Required = new(ErrorKind.Refused, "mfa_required_by_policy", MfaErrorTexts.Required);
}

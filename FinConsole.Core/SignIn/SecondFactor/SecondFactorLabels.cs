using FinConsole.Core.LoginHistory;

namespace FinConsole.Core.SignIn.SecondFactor;

/// <summary>How a way of showing who one is stands in the audit log and in login history.</summary>
internal static class SecondFactorLabels
{
    public static string Method(SecondFactors factor) => factor switch
    {
        SecondFactors.AuthenticatorApp => "password and authenticator app",
        SecondFactors.RecoveryCode => "password and recovery code",
        _ => "password",
    };

    public static LoginOutcome Outcome(SecondFactors factor) => factor switch
    {
        SecondFactors.AuthenticatorApp => LoginOutcome.MfaPassed,
        SecondFactors.RecoveryCode => LoginOutcome.RecoveryCodeUsed,
        _ => LoginOutcome.Success,
    };
}

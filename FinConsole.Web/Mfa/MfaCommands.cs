using FinConsole.Core.Mfa;

namespace FinConsole.Web.Mfa;

/// <summary>What the two-factor page's dialogs ask for.</summary>
public sealed record MfaCommands(BeginMfaEnrolment Begin, TurnOffMfa TurnOff, RenewRecoveryCodes Renew);

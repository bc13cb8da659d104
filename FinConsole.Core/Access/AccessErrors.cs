using FinConsole.Core.Common;
using FinConsole.Core.Members;

namespace FinConsole.Core.Access;

/// <summary>Refusals that any use case may answer with.</summary>
public static class AccessErrors
{
    public static readonly Error SessionEnded = new(ErrorKind.Unauthenticated, "session_ended", AccessErrorTexts.SessionEnded);

    /// <summary>What step-up asks for; the page answers with its dialog and tries again.</summary>
    public static readonly Error ConfirmationNeeded = new(
        ErrorKind.MoreProofNeeded, "confirmation_required", AccessErrorTexts.ConfirmationNeeded);

    public static readonly Error MfaNeeded = new(ErrorKind.MoreProofNeeded, "mfa_enrolment_required", AccessErrorTexts.MfaNeeded);

    /// <summary>A token asked for what none of its scopes allows.</summary>
    public static Error ScopeMissing(Permission permission) =>
        new(ErrorKind.Forbidden, "insufficient_scope", Texts.Format(AccessErrorTexts.ScopeMissing, permission));

    public static Error Forbidden(Role role) =>
        new(ErrorKind.Forbidden, "forbidden", Texts.Format(AccessErrorTexts.Forbidden, role.DisplayName()));
}

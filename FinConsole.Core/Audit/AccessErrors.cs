using FinConsole.Core.Common;
using FinConsole.Core.Members;

namespace FinConsole.Core.Audit;

/// <summary>Refusals that any use case may answer with.</summary>
public static class AccessErrors
{
    public static readonly Error SessionEnded = new(ErrorKind.Unauthenticated, "session_ended", "Your session has ended. Sign in again.");

    /// <summary>What step-up asks for; the page answers with its dialog and tries again.</summary>
    public static readonly Error ConfirmationNeeded = new(ErrorKind.MoreProofNeeded, "confirmation_required", "Confirm it's you to go on.");

    public static readonly Error MfaNeeded = new(
        ErrorKind.MoreProofNeeded, "mfa_enrolment_required", "Your organization requires two-factor authentication. Set it up to go on.");

    /// <summary>A token asked for what none of its scopes allows.</summary>
    public static Error ScopeMissing(Right right) =>
        new(ErrorKind.Forbidden, "insufficient_scope", $"This token's scopes do not allow this ({right}). Only a token made with the scope for it may.");

    public static Error Forbidden(Role role) =>
        new(ErrorKind.Forbidden, "forbidden", $"Your role ({role.DisplayName()}) does not allow this. Ask a tenant admin.");
}

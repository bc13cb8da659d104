using FinConsole.Core.Common;

namespace FinConsole.Core.ApiTokens;

/// <summary>Why something cannot be done with a token.</summary>
public static class ApiTokenErrors
{
    public static readonly Error NotFound = new(ErrorKind.NotFound, "token_not_found", "There is no such token.");

    public static readonly Error NameTaken = new(ErrorKind.Conflict, "name_taken", "Another live token has this name. Names tell tokens apart, so choose another.");

    public static readonly Error CashierRefused = new(
        ErrorKind.Refused, "cashier_refused", "That email and password don't match a cashier of this tenant who can sign in. After several failures the account locks for a few minutes.");

    public static readonly Error CashierCodeNeeded = new(
        ErrorKind.Refused, "mfa_required", "This cashier uses two-factor authentication. Enter the code that their authenticator app shows.");

    public static readonly Error CashierCodeRefused = new(
        ErrorKind.Refused, "cashier_code_refused", "That code doesn't match, or was used already. Each code works once: wait for the app to show the next one.");

    public static readonly Error RotatedMeanwhile = new(ErrorKind.Conflict, "rotated_meanwhile", "Somebody rotated this token a moment ago. Reload to see its successor.");

    public static readonly Error OverlapRunning = new(
        ErrorKind.Conflict, "overlap_running", "The token before this one still works. Retire it first; then this one can be rotated.");

    public static readonly Error Ended = new(ErrorKind.Conflict, "token_ended", "This token has ended and can no longer be changed.");

    public static readonly Error Disabled = new(ErrorKind.Conflict, "token_disabled", "This token is disabled. Enable it first, then rotate it.");

    public static readonly Error StillPending = new(ErrorKind.Conflict, "token_pending", "Nobody has saved this token's secret yet. Finish or discard it first.");

    public static readonly Error NotPending = new(
        ErrorKind.Conflict, "token_not_pending", "This token is no longer waiting to be saved: more than ten minutes went by, or somebody discarded it. Create or rotate again.");

    public static readonly Error NoOverlap = new(ErrorKind.Conflict, "no_overlap", "There is no older token beside this one that could be retired.");

    public static readonly Error ScopesWiden = new(
        ErrorKind.Refused, "scopes_widen", "A token's scopes can only be narrowed. For more, create another token.");
}

using FinConsole.Core.Common;

namespace FinConsole.Core.ApiTokens;

/// <summary>Why something cannot be done with a token.</summary>
public static class ApiTokenErrors
{
    public static readonly Error NotFound = new(ErrorKind.NotFound, "token_not_found", ApiTokenErrorTexts.NotFound);

    public static readonly Error NameTaken = new(ErrorKind.Conflict, "name_taken", ApiTokenErrorTexts.NameTaken);

    public static readonly Error CashierRefused = new(ErrorKind.Refused, "cashier_refused", ApiTokenErrorTexts.CashierRefused);

    public static readonly Error CashierCodeNeeded = new(ErrorKind.Refused, "mfa_required", ApiTokenErrorTexts.CashierCodeNeeded);

    public static readonly Error CashierCodeRefused = new(
        ErrorKind.Refused, "cashier_code_refused", ApiTokenErrorTexts.CashierCodeRefused);

    public static readonly Error RotatedMeanwhile = new(ErrorKind.Conflict, "rotated_meanwhile", ApiTokenErrorTexts.RotatedMeanwhile);

    public static readonly Error OverlapRunning = new(ErrorKind.Conflict, "overlap_running", ApiTokenErrorTexts.OverlapRunning);

    public static readonly Error Ended = new(ErrorKind.Conflict, "token_ended", ApiTokenErrorTexts.Ended);

    public static readonly Error Disabled = new(ErrorKind.Conflict, "token_disabled", ApiTokenErrorTexts.Disabled);

    public static readonly Error StillPending = new(ErrorKind.Conflict, "token_pending", ApiTokenErrorTexts.StillPending);

    public static readonly Error NotPending = new(ErrorKind.Conflict, "token_not_pending", ApiTokenErrorTexts.NotPending);

    public static readonly Error NoOverlap = new(ErrorKind.Conflict, "no_overlap", ApiTokenErrorTexts.NoOverlap);

    /// <summary>Of several tokens, none was named, or too many.</summary>
    public static readonly Error ChooseTokens = new(
        ErrorKind.Refused, "choose_tokens", Texts.Format(ApiTokenErrorTexts.ChooseTokens, Lifecycle.ChangeSeveralTokens.Most));

    public static readonly Error ScopesWiden = new(ErrorKind.Refused, "scopes_widen", ApiTokenErrorTexts.ScopesWiden);
}

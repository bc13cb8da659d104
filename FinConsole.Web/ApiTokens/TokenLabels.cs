using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Listing;

namespace FinConsole.Web.ApiTokens;

/// <summary>How tokens are spoken of: words, icons and tones.</summary>
internal static class TokenLabels
{
    public static (string Text, string Icon, string Tone) Of(TokenStatus status) => status switch
    {
        TokenStatus.Active => (TokensTexts.StatusActive, "circle-check", "ok"),
        TokenStatus.Expiring => (TokensTexts.StatusExpiring, "clock", "warn"),
        TokenStatus.Rotating => (TokensTexts.StatusRotating, "refresh-cw", "warn"),
        TokenStatus.Pending => (TokensTexts.StatusPending, "hourglass", "info"),
        TokenStatus.Disabled => (TokensTexts.StatusDisabled, "circle-pause", "mute"),
        TokenStatus.Invalidated => (TokensTexts.StatusInvalidated, "ban", "bad"),
        TokenStatus.Retired => (TokensTexts.StatusRetired, "archive", "mute"),
        TokenStatus.Void => (TokensTexts.StatusVoid, "circle-slash", "mute"),
        TokenStatus.Expired => (TokensTexts.StatusExpired, "timer-off", "bad"),
    };

    public static string Of(TokenEnvironment environment) => environment switch
    {
        TokenEnvironment.Development => TokensTexts.Development,
        TokenEnvironment.Staging => TokensTexts.Staging,
        TokenEnvironment.Production => TokensTexts.Production,
    };

    public static string Of(TokenExpiry expiry) => expiry switch
    {
        TokenExpiry.Hours24 => TokensTexts.Expiry24h,
        TokenExpiry.Month1 => TokensTexts.Expiry1m,
        TokenExpiry.Months3 => TokensTexts.Expiry3m,
        TokenExpiry.Months6 => TokensTexts.Expiry6m,
        TokenExpiry.Year1 => TokensTexts.Expiry1y,
    };

    public static string Of(TokenOverlap overlap) => overlap switch
    {
        TokenOverlap.None => TokensTexts.OverlapNone,
        TokenOverlap.Hour1 => TokensTexts.Overlap1h,
        TokenOverlap.Hours24 => TokensTexts.Overlap24h,
        TokenOverlap.Days7 => TokensTexts.Overlap7d,
    };

    public static string Of(InvalidationReason reason) => reason switch
    {
        InvalidationReason.Compromised => TokensTexts.ReasonCompromised,
        InvalidationReason.NoLongerNeeded => TokensTexts.ReasonNoLongerNeeded,
        InvalidationReason.MemberLeft => TokensTexts.ReasonMemberLeft,
        InvalidationReason.Other => TokensTexts.ReasonOther,
    };

    /// <summary>Why it ended, in a word or two.</summary>
    public static string EndOf(TokenView token) => token.InvalidationReason is { } reason ? Of(reason) : Of(token.Status).Text;

    /// <summary>The name that a token's variable has in the samples (fincode-api-connections, "Use Different Tokens per Service").</summary>
    public static string VariableFor(TokenEnvironment environment) => environment switch
    {
        TokenEnvironment.Development => "FINCONSOLE_TOKEN_DEV",
        TokenEnvironment.Staging => "FINCONSOLE_TOKEN_STAGING",
        TokenEnvironment.Production => "FINCONSOLE_TOKEN_PROD",
    };
}

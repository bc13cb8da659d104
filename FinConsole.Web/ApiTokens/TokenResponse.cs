using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Web.Hosting.Api;

namespace FinConsole.Web.ApiTokens;

/// <summary>A token, without its secret.</summary>
/// <param name="Id">Names the token in every route.</param>
/// <param name="Name">Tells the token apart; unique among the tenant's live tokens.</param>
/// <param name="Environment">Where its holder runs.</param>
/// <param name="Status">What it is at this moment.</param>
/// <param name="Masked">Its first eleven and last four characters.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="Allowlist">The networks that it may be used from, in CIDR; empty for anywhere.</param>
/// <param name="Cashier">The account that it acts as.</param>
/// <param name="Holder">Who keeps the secret.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="CreatedBy">Who made it, by address.</param>
/// <param name="ExpiresAt">From when on it is refused.</param>
/// <param name="LastUsedAt">When it was last used; null for never.</param>
/// <param name="LastUsedIp">From where it was last used.</param>
/// <param name="PredecessorId">The token that it replaces.</param>
/// <param name="OverlapEndsAt">For a token that is being replaced: until when it is still accepted.</param>
/// <param name="EndedAt">When it ended for good.</param>
/// <param name="EndedReason">Why it ended: a reason of "invalidate", or retired, void, expired.</param>
/// <param name="Dormant">Unused for 30 days, or never used 30 days after it was made.</param>
/// <param name="Overdue">Older than the tenant's rotation policy allows.</param>
internal record TokenResponse(
    Guid Id,
    string Name,
    [property: OneOf("development", "staging", "production")] string Environment,
    [property: OneOf("active", "expiring", "rotating", "pending", "disabled", "expired", "retired", "invalidated", "void")] string Status,
    string Masked,
    IReadOnlyList<string> Scopes,
    IReadOnlyList<string> Allowlist,
    CashierResponse Cashier,
    string? Holder,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? LastUsedAt,
    string? LastUsedIp,
    Guid? PredecessorId,
    DateTimeOffset? OverlapEndsAt,
    DateTimeOffset? EndedAt,
    string? EndedReason,
    bool Dormant,
    bool Overdue)
{
    public static TokenResponse Of(TokenView token) => new(
        token.Id, token.Name, TokenApiValues.Environments.Of(token.Environment), TokenApiValues.Statuses.Of(token.Status), token.Masked, token.Scopes, token.Allowlist,
        new CashierResponse(token.CashierId, token.CashierEmail), token.Holder, token.CreatedAt, token.CreatedBy, token.ExpiresAt, token.LastUsedAt, token.LastUsedIp,
        token.PredecessorId, token.OverlapEndsAt, EndOf(token), ReasonOf(token), token.Dormant, token.Overdue);

    // Time alone may have ended it, before the sweep wrote that down.
    private static DateTimeOffset? EndOf(TokenView token) => token.EndedAt ?? token.Status switch
    {
        TokenStatus.Retired => token.OverlapEndsAt,
        TokenStatus.Void => token.PendingUntil,
        TokenStatus.Expired => token.ExpiresAt,
        _ => null,
    };

    private static string? ReasonOf(TokenView token) =>
        token.InvalidationReason is { } reason ? TokenApiValues.Reasons.Of(reason) : token.HasEnded ? TokenApiValues.Statuses.Of(token.Status) : null;
}

/// <summary>The account that a token acts as.</summary>
/// <param name="Id">The member.</param>
/// <param name="Email">Their address.</param>
internal sealed record CashierResponse(Guid Id, string Email);

/// <summary>A token that was just made: everything that later answers say of it as well, and its secret.</summary>
internal sealed record NewTokenResponse : TokenResponse
{
    private NewTokenResponse(TokenResponse token, string secret)
        : base(token) => Secret = secret;

    /// <summary>The token's text. This answer alone holds it, and nobody can read it again.</summary>
    public string Secret { get; }

    public static NewTokenResponse Of(NewApiToken made) => new(Of(made.Token), made.Secret.Reveal());

    public override string ToString() => $"NewTokenResponse {Id} [redacted]";
}

using System.Linq.Expressions;
using FinConsole.Core.Policies;

namespace FinConsole.Core.ApiTokens;

/// <summary>What a token is at a moment: the first that holds, in this order.</summary>
public enum TokenStatus
{
    /// <summary>Somebody ended it for good.</summary>
    Invalidated = 1,

    /// <summary>Its overlap with its successor is over.</summary>
    Retired = 2,

    /// <summary>Nobody said in time that they had saved it.</summary>
    Void = 3,
    Expired = 4,

    /// <summary>Refused until it is enabled again.</summary>
    Disabled = 5,

    /// <summary>Made, but not yet saved; refused.</summary>
    Pending = 6,

    /// <summary>A successor lives; this one is still accepted until its overlap ends.</summary>
    Rotating = 7,

    /// <summary>Accepted; 14 days or less are left, or 2 hours of a 24-hour token.</summary>
    Expiring = 8,
    Active = 9,
}

/// <summary>The one statement of what a token's status is, for queries and for code alike.</summary>
public static class TokenStatusRule
{
    public static readonly TimeSpan ExpiringWithin = TimeSpan.FromDays(14);
    public static readonly TimeSpan ShortExpiringWithin = TimeSpan.FromHours(2);

    /// <summary>After so long without use a token is dormant.</summary>
    public static readonly TimeSpan DormantAfter = TimeSpan.FromDays(30);

    /// <summary>True for tokens that can never be accepted again.</summary>
    public static bool HasEnded(this TokenStatus status) => status <= TokenStatus.Expired;

    public static Expression<Func<ApiToken, TokenStatus>> At(DateTimeOffset now)
    {
        var soon = now + ExpiringWithin;
        var verySoon = now + ShortExpiringWithin;
        return token =>
            token.EndReason == TokenEnd.Invalidated ? TokenStatus.Invalidated
            : token.EndReason == TokenEnd.Retired || (token.OverlapEndsAt != null && token.OverlapEndsAt <= now) ? TokenStatus.Retired
            : token.EndReason == TokenEnd.Void || (token.AcknowledgedAt == null && token.PendingUntil <= now) ? TokenStatus.Void
            : token.EndReason == TokenEnd.Expired || token.ExpiresAt <= now ? TokenStatus.Expired
            : token.DisabledAt != null ? TokenStatus.Disabled
            : token.AcknowledgedAt == null ? TokenStatus.Pending
            : token.OverlapEndsAt != null ? TokenStatus.Rotating
            : (token.Expiry == TokenExpiry.Hours24 && token.ExpiresAt <= verySoon) || (token.Expiry != TokenExpiry.Hours24 && token.ExpiresAt <= soon) ? TokenStatus.Expiring
            : TokenStatus.Active;
    }

    /// <summary>Unused for 30 days, or never used 30 days after it was made (fincode-api-connections, "Monitor Token Usage").</summary>
    public static Expression<Func<ApiToken, bool>> IsDormant(DateTimeOffset now)
    {
        var since = now - DormantAfter;
        return token => token.EndedAt == null && (token.LastUsedAt == null ? token.CreatedAt <= since : token.LastUsedAt <= since);
    }

    /// <summary>Older than the policy allows for its environment.</summary>
    public static Expression<Func<ApiToken, bool>> IsOverdue(RotationPolicy policy, DateTimeOffset now)
    {
        var (development, staging, production) = (now.AddDays(-policy.DevelopmentDays), now.AddDays(-policy.StagingDays), now.AddDays(-policy.ProductionDays));
        return token => token.EndedAt == null && token.CreatedAt <= (
            token.Environment == TokenEnvironment.Production ? production
            : token.Environment == TokenEnvironment.Staging ? staging : development);
    }

    /// <summary>The tokens whose status is one of these.</summary>
    public static Expression<Func<ApiToken, bool>> IsOneOf(IReadOnlyCollection<TokenStatus> statuses, DateTimeOffset now)
    {
        var rule = At(now);
        if (statuses.Count == 0)
            return token => false;
        var wanted = statuses.Select(Expression (status) => Expression.Equal(rule.Body, Expression.Constant(status))).Aggregate(Expression.OrElse);
        return Expression.Lambda<Func<ApiToken, bool>>(wanted, rule.Parameters);
    }

    /// <summary>The status of a row in hand.</summary>
    public static TokenStatus Of(ApiToken token, DateTimeOffset now) => At(now).Compile(preferInterpretation: true)(token);
}

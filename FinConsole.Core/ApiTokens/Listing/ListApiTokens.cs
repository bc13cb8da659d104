using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.Policies;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.ApiTokens.Listing;

public enum TokenSort
{
    Newest,
    Name,
    ExpiresSoonest,
}

/// <summary>What a token needs attention for, beside its status.</summary>
public enum TokenAttention
{
    /// <summary>Older than the rotation policy allows, and not being rotated.</summary>
    Overdue,

    /// <summary>Unused for 30 days.</summary>
    Dormant,
}

/// <param name="Search">Part of the name, or of the masked token.</param>
/// <param name="Statuses">Only these; null for every status.</param>
/// <param name="Attention">Only tokens that need it for this; null for all.</param>
/// <param name="Nest">True: a token and its live predecessor are one row. False: each token is a row of its own.</param>
/// <param name="Limit">1 to 200.</param>
public sealed record TokenFilter(
    string? Search = null, IReadOnlyCollection<TokenStatus>? Statuses = null, TokenEnvironment? Environment = null, TokenSort Sort = TokenSort.Newest,
    TokenAttention? Attention = null, bool Nest = true, string? Cursor = null, int Limit = 50)
{
    /// <summary>Everything that has not ended.</summary>
    public static readonly IReadOnlyCollection<TokenStatus> Live =
        [TokenStatus.Active, TokenStatus.Expiring, TokenStatus.Rotating, TokenStatus.Pending, TokenStatus.Disabled];

    public static readonly IReadOnlyCollection<TokenStatus> Ended = [TokenStatus.Expired, TokenStatus.Retired, TokenStatus.Invalidated, TokenStatus.Void];
}

/// <summary>A token and, nested under it, the one it replaces while that one still works.</summary>
public sealed record TokenRow(TokenView Token, TokenView? Predecessor)
{
    /// <summary>The row's status: "rotating" while both work, else the token's own.</summary>
    public TokenStatus Status =>
        Predecessor is { Status: TokenStatus.Rotating } && Token.Status is TokenStatus.Active or TokenStatus.Expiring ? TokenStatus.Rotating : Token.Status;
}

/// <summary>Lists a tenant's tokens by keyset; three queries a page, however long it is.</summary>
public sealed class ListApiTokens(ConsoleDb db, PermissionGuard guard, TimeProvider time)
{
    private const int LargestPage = 200;

    public async Task<Result<Page<TokenRow>>> HandleAsync(TokenFilter filter, Actor actor, CancellationToken cancellationToken)
    {
        if (await guard.CheckAsync(actor, Permission.ReadTokens, new AuditSubject(AuditResource.Token, null, "Tokens"), cancellationToken) is { } refusal)
            return refusal;

        var now = time.GetUtcNow();
        var size = Math.Clamp(filter.Limit, 1, LargestPage);
        await using var context = db.Open(actor.TenantId);
        var policy = await TenantPolicy.ReadAsync(context, cancellationToken);
        var ordered = TokenOrder.Apply(Matching(context.Set<ApiToken>().AsNoTracking(), filter, policy.Rotation, now), filter.Sort, Cursor.Parse(filter.Cursor)).Take(size + 1);
        var tokens = await TokenViews.Project(context, ordered, now, policy.Rotation).ToListAsync(cancellationToken);
        var page = Page<TokenView>.Of(tokens, size, token => TokenOrder.CursorOf(token, filter.Sort));
        var predecessors = filter.Nest ? await PredecessorsAsync(context, page.Items, now, policy.Rotation, cancellationToken) : [];
        return new Page<TokenRow>([.. page.Items.Select(token => new TokenRow(token, predecessors.GetValueOrDefault(token.Id)))], page.NextCursor);
    }

    private static IQueryable<ApiToken> Matching(IQueryable<ApiToken> all, TokenFilter filter, RotationPolicy policy, DateTimeOffset now)
    {
        var tokens = all;
        // A live token with a live successor is shown under that one. Its own row, as "rotating", is the successor's.
        // One that nobody saved in time lives no longer, though the sweep has not said so yet.
        if (filter.Nest)
        {
            tokens = tokens.Where(token =>
                token.SuccessorId == null || token.EndedAt != null || token.ExpiresAt <= now || (token.OverlapEndsAt != null && token.OverlapEndsAt <= now)
                || all.Any(next => next.Id == token.SuccessorId && next.AcknowledgedAt == null && next.PendingUntil <= now));
        }

        if (filter.Statuses is { Count: > 0 } statuses)
            tokens = filter.Nest ? WhereRowIs(tokens, all, statuses, now) : tokens.Where(TokenStatusRule.IsOneOf(statuses, now));
        if (filter.Attention is { } attention)
            tokens = WhereNeeded(tokens, attention, policy, now);
        if (filter.Environment is { } environment)
            tokens = tokens.Where(token => token.Environment == environment);
        if (PlainText.ForStorage(filter.Search?.Trim() ?? "", ApiToken.LongestName) is { Length: > 0 } search)
        {
            var key = TokenInput.KeyOf(search);
            tokens = tokens.Where(token => token.NameKey.Contains(key) || token.LastFour == search || token.Prefix.StartsWith(search));
        }

        return tokens;
    }

    private static IQueryable<ApiToken> WhereNeeded(IQueryable<ApiToken> tokens, TokenAttention attention, RotationPolicy policy, DateTimeOffset now) => attention switch
    {
        TokenAttention.Overdue => tokens.Where(TokenStatusRule.IsOverdue(policy, now)).Where(token => token.OverlapEndsAt == null),
        TokenAttention.Dormant => tokens.Where(TokenStatusRule.IsDormant(now)),
    };

    // The same as TokenRow.Status, in SQL: a token beside whose old one still works counts as rotating, and as nothing else.
    private static IQueryable<ApiToken> WhereRowIs(IQueryable<ApiToken> tokens, IQueryable<ApiToken> all, IReadOnlyCollection<TokenStatus> statuses, DateTimeOffset now)
    {
        var rotating = all.Where(old => old.EndedAt == null && old.DisabledAt == null && old.OverlapEndsAt > now && old.ExpiresAt > now).Select(old => old.SuccessorId);
        TokenStatus[] lively = [TokenStatus.Active, TokenStatus.Expiring];
        if (!statuses.Contains(TokenStatus.Rotating))
            return tokens.Where(TokenStatusRule.IsOneOf(statuses, now)).Where(TokenStatusRule.IsOneOf([.. Enum.GetValues<TokenStatus>().Except(lively)], now).Or(token => !rotating.Contains(token.Id)));
        var beside = TokenStatusRule.IsOneOf(lively, now).And(token => rotating.Contains(token.Id));
        return tokens.Where(TokenStatusRule.IsOneOf(statuses, now).Or(beside));
    }

    private static async Task<Dictionary<Guid, TokenView>> PredecessorsAsync(
        ConsoleDbContext context, IReadOnlyList<TokenView> tokens, DateTimeOffset now, RotationPolicy policy, CancellationToken cancellationToken)
    {
        var heads = tokens.Where(token => token.PredecessorId is not null && !token.HasEnded).Select(token => (Guid?)token.Id).ToList();
        if (heads.Count == 0)
            return [];

        var rows = context.Set<ApiToken>().AsNoTracking().Where(token => heads.Contains(token.SuccessorId) && token.EndedAt == null);
        var views = await TokenViews.Project(context, rows, now, policy).ToListAsync(cancellationToken);
        return views.Where(view => !view.HasEnded).ToDictionary(view => view.SuccessorId!.Value);
    }
}

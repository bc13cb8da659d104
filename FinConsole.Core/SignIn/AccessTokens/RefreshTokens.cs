using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.SignIn.AccessTokens;

/// <summary>A refresh token as it was found by its secret, and whose it is.</summary>
/// <param name="Live">Whether its session was live when it was looked for.</param>
internal sealed record FoundRefreshToken(Guid Id, Guid TenantId, Guid SessionId, Guid MemberId, string Email, bool Live);

/// <summary>What became of a refresh token that was presented.</summary>
internal enum RefreshResponse
{
    Renewed,

    /// <summary>Its session has ended, or whoever it belongs to may not sign in any more.</summary>
    Over,

    /// <summary>Its successor was used, or it was itself replaced: two hold what one was given.</summary>
    Reused,
}

/// <summary>The rows of refresh tokens: first, found, renewed, forgotten.</summary>
public sealed class RefreshTokens(ConsoleDb db, WriteQueue queue, TimeProvider time)
{
    private const int ForgottenAtOnce = 1000;

    /// <summary>Adds the first token of a session to the transaction that opens it.</summary>
    internal Secret AddFirst(ConsoleDbContext context, Guid sessionId, DateTimeOffset expiresAt) => Add(context, sessionId, expiresAt, null);

    /// <summary>Finds a token of any tenant, good or not; null for one that was never made, or is long over.</summary>
    internal async Task<FoundRefreshToken?> FindAsync(Secret secret, CancellationToken cancellationToken)
    {
        if (RefreshToken.HashOf(secret) is not { } hash)
            return null;
        var now = time.GetUtcNow();
        await using var context = db.OpenForOperator();
        return await (
            from token in context.Set<RefreshToken>().IgnoreQueryFilters([ConsoleDbContext.TenantFilter])
            join session in context.Set<MemberSession>() on token.SessionId equals session.Id
            join member in context.Set<ConsoleUser>() on session.MemberId equals member.Id
            where token.Hash == hash
            select new FoundRefreshToken(token.Id, token.TenantId, session.Id, member.Id, member.Email!, session.EndedAt == null && session.ExpiresAt > now))
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>
    /// Spends the token and puts its successor, or another one, in its place. The session's row is locked first, and so all that
    /// happens to one family happens one after the other; each step is a compare-and-set besides.
    /// </summary>
    internal async Task<(RefreshResponse Answer, Secret? Successor, Role Role)> RenewAsync(
        ConsoleDbContext context, FoundRefreshToken found, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var locked = await context.Set<MemberSession>()
            .Where(session => session.Id == found.SessionId && session.Kind == SessionKind.Program && session.EndedAt == null && session.ExpiresAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(session => session.LastSeenAt, now), cancellationToken);
        var owner = await (
            from session in context.Set<MemberSession>()
            join member in context.Set<ConsoleUser>() on session.MemberId equals member.Id
            join tenant in context.Set<Tenant>() on member.TenantId equals tenant.Id
            where session.Id == found.SessionId && member.DeactivatedAt == null && tenant.ClosedAt == null
            select new { member.Role, session.ExpiresAt }).SingleOrDefaultAsync(cancellationToken);
        if (locked == 0 || owner is null)
            return (RefreshResponse.Over, null, default);
        if (!await TrySpendAsync(context, found.Id, now, cancellationToken) && !await TryReplaceSuccessorAsync(context, found.Id, now, cancellationToken))
            return (RefreshResponse.Reused, null, default);
        return (RefreshResponse.Renewed, Add(context, found.SessionId, owner.ExpiresAt, found.Id), owner.Role);
    }

    /// <summary>Deletes tokens whose family is over by age; returns how many.</summary>
    public async Task<int> ForgetAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = db.OpenForOperator();
        var over = context.Set<RefreshToken>().IgnoreQueryFilters([ConsoleDbContext.TenantFilter]).Where(token => token.ExpiresAt <= now);
        var ids = await over.OrderBy(token => token.ExpiresAt).Select(token => token.Id).Take(ForgottenAtOnce).ToListAsync(cancellationToken);
        if (ids.Count == 0)
            return 0;
        using var turn = await queue.EnterAsync(context.Dialect, cancellationToken);
        return await over.Where(token => ids.Contains(token.Id)).ExecuteDeleteAsync(cancellationToken);
    }

    private static async Task<bool> TrySpendAsync(ConsoleDbContext context, Guid id, DateTimeOffset now, CancellationToken cancellationToken) =>
        await context.Set<RefreshToken>().Where(token => token.Id == id && token.UsedAt == null && token.ReplacedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(token => token.UsedAt, now), cancellationToken) == 1;

    // Only a token that was used has a successor, and only one of them can be unused and not replaced yet.
    private static async Task<bool> TryReplaceSuccessorAsync(ConsoleDbContext context, Guid id, DateTimeOffset now, CancellationToken cancellationToken) =>
        await context.Set<RefreshToken>().Where(token => token.PredecessorId == id && token.UsedAt == null && token.ReplacedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(token => token.ReplacedAt, now), cancellationToken) == 1;

    private Secret Add(ConsoleDbContext context, Guid sessionId, DateTimeOffset expiresAt, Guid? predecessor)
    {
        var secret = RefreshToken.NewSecret();
        context.Add(new RefreshToken
        {
            Id = Ids.New(time),
            TenantId = context.TenantId,
            SessionId = sessionId,
            Hash = RefreshToken.HashOf(secret)!,
            PredecessorId = predecessor,
            CreatedAt = time.GetUtcNow(),
            ExpiresAt = expiresAt,
        });
        return secret;
    }
}

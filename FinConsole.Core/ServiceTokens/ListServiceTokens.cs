using FinConsole.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.ServiceTokens;

/// <summary>What a service token is at a moment.</summary>
public enum ServiceTokenStatus
{
    Active,
    Expired,
    Revoked,
}

/// <summary>A service token as the operator sees it.</summary>
public sealed record ServiceTokenView(
    Guid Id, string Name, string Masked, ServiceTokenStatus Status, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt, DateTimeOffset? LastUsedAt);

/// <summary>Lists all service tokens, the newest first, for the operator's command line.</summary>
public sealed class ListServiceTokens(ConsoleDb db, TimeProvider time)
{
    public async Task<IReadOnlyList<ServiceTokenView>> HandleAsync(CancellationToken cancellationToken)
    {
        await using var context = db.OpenForOperator();
        return await Project(context.Set<ServiceToken>().OrderByDescending(token => token.CreatedAt).ThenByDescending(token => token.Id), time.GetUtcNow())
            .ToListAsync(cancellationToken);
    }

    internal static IQueryable<ServiceTokenView> Project(IQueryable<ServiceToken> tokens, DateTimeOffset now) => tokens.Select(token => new ServiceTokenView(
        token.Id,
        token.Name,
        token.Prefix + "…" + token.LastFour,
        token.RevokedAt != null ? ServiceTokenStatus.Revoked : token.ExpiresAt <= now ? ServiceTokenStatus.Expired : ServiceTokenStatus.Active,
        token.CreatedAt,
        token.ExpiresAt,
        token.RevokedAt,
        token.LastUsedAt));
}

using System.Collections.Frozen;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.ServiceTokens;

/// <summary>All that a verifier keeps of a service token in memory.</summary>
/// <param name="Id">Also the subject of the changes that announce it.</param>
/// <param name="Name">For audit entries.</param>
/// <param name="LookupKey">32 bytes.</param>
/// <param name="ExpiresAt">From when on it is refused; null for never.</param>
public sealed record ServiceTokenFacts(Guid Id, string Name, byte[] LookupKey, DateTimeOffset? ExpiresAt)
{
    private static readonly FrozenSet<Permission> Rights = [Permission.DecryptPayloads];

    /// <summary>The server as the one who acts.</summary>
    public Actor ActAs(RequestOrigin origin) => new(ActorKind.Service, Tenant.Operator, Id, Name, null, origin) { Granted = Rights };
}

/// <summary>Reads service tokens for a verifier: all live ones at its start, one when a change names it.</summary>
public sealed class ReadServiceTokens(ConsoleDb db)
{
    /// <summary>All that were not revoked; expired ones among them are for the caller's clock to evaluate.</summary>
    public async Task<IReadOnlyList<ServiceTokenFacts>> AllAsync(CancellationToken cancellationToken)
    {
        await using var context = db.OpenForOperator();
        return await Facts(context.Set<ServiceToken>()).ToListAsync(cancellationToken);
    }

    /// <summary>Null for one that was revoked.</summary>
    public async Task<ServiceTokenFacts?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var context = db.OpenForOperator();
        return await Facts(context.Set<ServiceToken>().Where(token => token.Id == id)).SingleOrDefaultAsync(cancellationToken);
    }

    private static IQueryable<ServiceTokenFacts> Facts(IQueryable<ServiceToken> tokens) =>
        tokens.Where(token => token.RevokedAt == null).Select(token => new ServiceTokenFacts(token.Id, token.Name, token.LookupKey, token.ExpiresAt));
}
